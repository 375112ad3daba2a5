import { readFile } from 'node:fs/promises';
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import type { SessionError } from '../../web/lib/index.ts';
import { PageServer } from '../support/page-server.ts';
import { runAudio, snapshot, start, withBrowser } from '../support/app.ts';

async function expectCard(page: Page, code: string): Promise<void> {
  const card = page.getByTestId('error-card').filter({ visible: true });
  await expect(card).toHaveAttribute('data-code', code);
  await expect(card.getByRole('button').first()).toBeVisible();
}

/** The code of the card that is shown, read without what the browser would take for a gesture. */
async function shownCode(cdp: CDPSession): Promise<unknown> {
  const expression = `document.querySelector('[data-testid=error-card]')?.dataset.code`;
  const { result } = await cdp.send('Runtime.evaluate', { expression, userGesture: false });
  return result.value;
}

/** The engine is replaced, the scope and the counters go on. */
async function expectFallback(page: Page, reason: string): Promise<void> {
  await expect(page.getByTestId('wasm-status')).toHaveText('fallback');
  await expect(page.getByTestId('wasm-reason')).toHaveAttribute('data-reason', reason);
  await runAudio(page, 1);
  const { level } = await snapshot(page);
  expect(level!.peakDb).toBeCloseTo(-12, 0);
}

test('a refused microphone gives a card, and the oscillator still works', async ({ baseURL }) => {
  await withBrowser({ permission: 'deny' }, async (context) => {
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await expectCard(page, 'permission-denied');
    await page.getByTestId('source').selectOption('oscillator');
    await page.getByTestId('start').click();
    await runAudio(page, 1);
    await expect(page.getByTestId('error-card').filter({ visible: true })).toHaveCount(0);
  });
});

test('a machine without a microphone gives a card', async ({ baseURL }) => {
  await withBrowser({ device: 'none' }, async (context) => {
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await expectCard(page, 'no-device');
  });
});

test('a microphone taken away while it runs gives a card, and the counters go on', async ({
  baseURL,
}) => {
  await withBrowser({ permission: 'ask' }, async (context) => {
    await context.grantPermissions(['microphone'], { origin: baseURL! });
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await runAudio(page, 1);
    await context.clearPermissions();
    await expectCard(page, 'device-lost');
    await runAudio(page, 1);
  });
});

test('a context that waits for a gesture is shown, and its button resumes it', async ({
  baseURL,
}) => {
  await withBrowser(
    {},
    async (context) => {
      const page = await context.newPage();
      // The address chooses the source: driving the page's controls would count as a gesture.
      await page.goto(`${baseURL!}/?source=oscillator`);
      const cdp = await context.newCDPSession(page);
      const expression = `document.querySelector('[data-testid=start]').click()`;
      await cdp.send('Runtime.evaluate', { expression, userGesture: false });
      await expect.poll(() => shownCode(cdp), { timeout: 20_000 }).toBe('context-suspended');
      await page.getByTestId('resume').click();
      await runAudio(page, 1);
      await expect(page.getByTestId('error-card').filter({ visible: true })).toHaveCount(0);
    },
    { autoplay: false },
  );
});

test('a view whose file does not arrive gives a card, and the audio goes on', async ({ page }) => {
  await start(page, 'oscillator');
  await page.route('**/later-views-*.js', (route) => route.abort());
  await page.getByRole('link', { name: 'Mixer' }).click();
  await expectCard(page, 'view-missing');
  await runAudio(page, 1);
  await page.unroute('**/later-views-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('quanta-mixer-view')).toBeVisible();
});

test('a file that is no audio gives a card', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('source').selectOption('file');
  await page.getByTestId('file-input').setInputFiles({
    name: 'not audio.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from('no audio at all'),
  });
  await page.getByTestId('start').click();
  await expectCard(page, 'file-unreadable');
});

test.describe('the engine falls back', () => {
  test('when its bytes are missing', async ({ page }) => {
    await page.route('**/engine.wasm', (route) => route.fulfill({ status: 404 }));
    await start(page, 'oscillator');
    await expectFallback(page, 'bytes-missing');
  });

  test('when its bytes are corrupt', async ({ page }) => {
    await page.route('**/engine.wasm', (route) => route.fulfill({ body: '<!doctype html>' }));
    await start(page, 'oscillator');
    await expectFallback(page, 'bytes-corrupt');
  });

  test('when its bytes are cut off', async ({ page }) => {
    const bytes = await readFile(fromRoot('public/engine.wasm'));
    await page.route('**/engine.wasm', (route) => route.fulfill({ body: bytes.subarray(0, 900) }));
    await start(page, 'oscillator');
    await expectFallback(page, 'bytes-corrupt');
  });

  test('when its memory is not ours', async ({ page }) => {
    const bytes = await readFile(fromRoot('public/engine-unshared.wasm'));
    await page.route('**/engine.wasm', (route) => route.fulfill({ body: bytes }));
    await start(page, 'oscillator');
    await expectFallback(page, 'abi-mismatch');
  });

  test('when the policy forbids WebAssembly', async ({ page }) => {
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      const policy = headers['content-security-policy']!;
      expect(policy).toContain(" 'wasm-unsafe-eval'");
      headers['content-security-policy'] = policy.replace(" 'wasm-unsafe-eval'", '');
      await route.fulfill({ response, headers });
    });
    await start(page, 'oscillator');
    await expectFallback(page, 'blocked-by-policy');
  });

  test('when there is no memory for WebAssembly', async ({ baseURL }) => {
    await withBrowser(
      {},
      async (context) => {
        const page = await context.newPage();
        await start(page, 'oscillator', baseURL);
        await expectFallback(page, 'out-of-memory');
      },
      { args: ['--js-flags=--wasm-max-mem-pages=16'] },
    );
  });

  test('when it traps before its successor is there, and the lost quanta are a gap', async ({
    page,
  }) => {
    let release: (() => void) | undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await using server = await PageServer.start(SECURITY_HEADERS, async (path, bytes) => {
      if (path.includes('/fallback-')) await released;
      return bytes;
    });
    await start(page, 'oscillator', server.url);
    await runAudio(page, 1);
    await page.evaluate(corruptPointers);
    await runAudio(page, 1);
    release!();
    await expectFallback(page, 'trap');
    await runAudio(page, 1);
    const books = await page.evaluate(() => {
      const { telemetry, scope } = window.quanta!;
      const { frameCount, gapFrames, nextFrame } = telemetry.engine!;
      return { frameCount, gapFrames, nextFrame, firstFrame: scope.firstFrame };
    });
    expect(books.gapFrames).toBeGreaterThan(48_000 / 2);
    expect(books.nextFrame).toBe(books.firstFrame + books.frameCount + books.gapFrames);
  });

  test('to nothing but the scope when its JavaScript form is missing as well', async ({ page }) => {
    const missing = /engine\.wasm|fallback-/;
    await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
      missing.test(path) ? null : bytes,
    );
    await start(page, 'oscillator', server.url);
    await expectCard(page, 'wasm-bytes-missing');
    const { engine, detail } = await page.evaluate(() => window.quanta!.engine);
    expect(engine).toBe('none');
    expect(detail).toContain('JavaScript form could not be loaded');
    await runAudio(page, 1);
    expect((await snapshot(page)).missedFrames).toBe(0);
  });

  test('when it traps while running, without losing a quantum', async ({ page }) => {
    await start(page, 'oscillator');
    await runAudio(page, 1);
    const before = await snapshot(page);
    await page.evaluate(corruptPointers);
    await expectFallback(page, 'trap');
    const after = await snapshot(page);
    expect(after.frames).toBe(after.quanta * 128);
    const engine = await page.evaluate(() => window.quanta!.telemetry.engine!.quantumCount);
    expect(engine).toBeGreaterThanOrEqual(after.quanta);
    expect(after.quanta).toBeGreaterThan(before.quanta);
  });
});

/** In the page: every pointer into the arena that the module holds in its own data points past the end. */
function corruptPointers(): void {
  const { buffer } = window.quanta!.memory!;
  const arenaBase = 65536;
  const words = new Uint32Array(buffer, 0, arenaBase / 4);
  words.forEach((word, i) => {
    if (word >= arenaBase && word < buffer.byteLength) words[i] = 0xffff_f000;
  });
}

test('without isolation the page says what is missing and measures all the same', async ({
  page,
}) => {
  await using server = await PageServer.start([]);
  await start(page, 'oscillator', server.url);
  await expect(page.getByTestId('isolation')).toHaveAttribute('data-tone', 'warn');
  await runAudio(page, 3);
  await expect(page.getByTestId('wasm-status')).toHaveText('active');
  const { level, quantaPerSec, expectedQuantaPerSec } = await snapshot(page);
  expect(level!.peakDb).toBeCloseTo(-12, 0);
  expect(Math.abs(quantaPerSec! / expectedQuantaPerSec - 1)).toBeLessThan(0.05);
  await expectCard(page, 'not-isolated');
  const refused = await page.evaluate(() => {
    try {
      return `${window.quanta!.bus.published} chunks`;
    } catch (error) {
      return (error as SessionError).code;
    }
  });
  expect(refused).toBe('not-isolated');
});
