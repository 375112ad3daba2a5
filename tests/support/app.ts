/** The page as a test drives it: by its controls, and by `window.quanta` for what they show. */
import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test';
// The page's own declaration of window.quanta.
import type {} from '../../web/app/global.ts';
import type { TelemetrySnapshot } from '../../web/lib/index.ts';
import { chromiumOptions, type Microphone } from '../../scripts/lib/chromium-options.mjs';

/** What a browser of its own differs in. */
export interface BrowserOptions {
  /** Whether audio starts without a gesture. Default true. */
  readonly autoplay?: boolean;
  /** Whether its sound gets as far as the device. Default false. */
  readonly audible?: boolean;
  readonly args?: readonly string[];
}

/** A browser of its own, for tests that need other flags than the rest. */
export async function withBrowser(
  microphone: Microphone,
  act: (context: BrowserContext, browser: Browser) => Promise<void>,
  options: BrowserOptions = {},
): Promise<void> {
  const launch = chromiumOptions(microphone, options.autoplay ?? true);
  const args = [...(launch.args ?? []), ...(options.args ?? [])];
  const ignoreDefaultArgs = options.audible === true ? ['--mute-audio'] : [];
  const browser = await chromium.launch({ ...launch, args, ignoreDefaultArgs });
  try {
    await act(await browser.newContext(), browser);
  } finally {
    await browser.close();
  }
}

/** Opens the page, chooses a source and presses Start; says nothing of whether it runs. */
export async function start(page: Page, source: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByTestId('source').selectOption(source);
  await page.getByTestId('start').click();
}

/** Waits until the processor has seen a number of seconds of audio more than now. */
export async function runAudio(page: Page, seconds: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.quanta !== undefined)).toBe(true);
  const from = await page.evaluate(() => window.quanta!.scope.frames);
  const rate = await page.evaluate(() => window.quanta!.sampleRate);
  await expect
    .poll(() => page.evaluate(() => window.quanta!.scope.frames), {
      timeout: seconds * 4000 + 5000,
    })
    .toBeGreaterThan(from + seconds * rate);
}

/** The session's figures. */
export function snapshot(page: Page): Promise<TelemetrySnapshot> {
  return page.evaluate(() => window.quanta!.telemetry.snapshot());
}

/** The number that an element shows, from its machine-readable twin. */
export async function shownNumber(page: Page, testId: string): Promise<number> {
  return Number(await page.getByTestId(testId).getAttribute('data-value'));
}

/** The newest frames of a channel of the scope. */
export function waveform(page: Page, channel: number, frames: number): Promise<number[]> {
  return page.evaluate(
    ([index, length]) => {
      const samples = new Float32Array(length);
      window.quanta!.scope.latest(index, samples);
      return [...samples];
    },
    [channel, frames] as const,
  );
}
