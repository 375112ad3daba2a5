import { expect, type Page, test } from '@playwright/test';
import type { AudioSource } from '../../web/lib/index.ts';
import { runAudio, shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { PageServer } from '../support/page-server.ts';

// Two seconds of audio, on a machine that may be busy.
const measured = { timeout: 30_000 };

async function openMeter(page: Page, source = 'oscillator', origin = ''): Promise<void> {
  await start(page, source, `${origin}/#latency`);
  await expect(page.getByTestId('latency-measure')).toBeVisible();
}

const stateOf = (page: Page, button: string) =>
  page.locator('.measurement').filter({ has: page.getByTestId(button) });

async function expectState(page: Page, button: string, state: string): Promise<void> {
  await expect(stateOf(page, button)).toHaveAttribute('data-state', state, measured);
}

test('the meter finds a loop whose delay is known, to a twentieth of a frame', async ({ page }) => {
  await openMeter(page);
  await page.getByTestId('check-measure').click();
  await expectState(page, 'check-measure', 'found');
  expect(await shownNumber(page, 'check-frames')).toBeCloseTo(1000.5, 1);
  expect(Math.abs(await shownNumber(page, 'check-error'))).toBeLessThan(0.05);
});

test('a source that hears nothing finds nothing, and the page says what to do', async ({
  page,
}) => {
  await openMeter(page);
  await expect(page.getByTestId('latency-advice')).toContainText('choose the microphone');
  await page.getByTestId('latency-measure').click();
  await expectState(page, 'latency-measure', 'measuring');
  await expectState(page, 'latency-measure', 'not-found');
  await expect(stateOf(page, 'latency-measure')).toContainText('did not come back');
});

test('a microphone that does not hear the loudspeaker finds nothing', async ({ page }) => {
  await openMeter(page, 'microphone');
  await expect(page.getByTestId('latency-advice')).toBeHidden();
  await page.getByTestId('latency-measure').click();
  await expectState(page, 'latency-measure', 'not-found');
});

test('a loop at the input shows the round trip with its figures', async ({ page }) => {
  await openMeter(page);
  // A cable from output to input, 25 ms long, that turns the signal over.
  await page.evaluate(() => {
    const session = window.quanta!;
    const cable = new DelayNode(session.context, { delayTime: 0.025 });
    const turned = new GainNode(session.context, { gain: -1 });
    cable.connect(turned).connect((session.source as AudioSource).node);
    const measure = session.measureLatency.bind(session);
    session.measureLatency = (options) => measure({ ...options, output: cable });
  });
  await page.getByTestId('latency-measure').click();
  await expectState(page, 'latency-measure', 'found');
  expect(await shownNumber(page, 'latency-ms')).toBeCloseTo(25, 2);
  const frames = 0.025 * (await page.evaluate(() => window.quanta!.sampleRate));
  expect(Math.abs((await shownNumber(page, 'latency-frames')) - frames)).toBeLessThan(0.05);
  await expect(page.getByTestId('latency-frames')).toContainText('±');
  await expect(page.getByTestId('latency-polarity')).toHaveText('inverted');
  // The oscillator's tone is of -12 dBFS, the sequence of -20.
  expect(await shownNumber(page, 'latency-snr')).toBeGreaterThan(-10);
});

test('a measurement can be cancelled, and made again', async ({ page }) => {
  await openMeter(page);
  const button = page.getByTestId('check-measure');
  await button.click();
  await expect(button).toHaveText('Cancel');
  await button.click();
  await expectState(page, 'check-measure', 'cancelled');
  await expect(button).toHaveText('Check');
  await button.click();
  await expectState(page, 'check-measure', 'found');
});

test('two inputs are compared', async ({ page }) => {
  await openMeter(page);
  await expect(page.getByTestId('delay-few')).toBeVisible();
  await expect(page.getByTestId('delay-measure')).toBeHidden();
  await page.evaluate(async () => {
    const session = window.quanta!;
    const { context } = session;
    const near = (session.source as AudioSource).node;
    const far = (await session.capture({ kind: 'oscillator' }, { input: 1 })).node;
    const buffer = new AudioBuffer({ length: 2 ** 18, sampleRate: context.sampleRate });
    let state = 1;
    const noise = buffer.getChannelData(0).map(() => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state / 2 ** 31;
    });
    buffer.copyToChannel(noise, 0);
    const hiss = new AudioBufferSourceNode(context, { buffer, loop: true });
    hiss.connect(near);
    hiss.connect(new DelayNode(context, { delayTime: 0.01 })).connect(far);
    hiss.start();
  });
  // The view looks at the inputs when it is opened.
  await page.keyboard.press('1');
  await page.getByRole('link', { name: 'Latency' }).click();
  await page.getByTestId('delay-measure').click();
  await expectState(page, 'delay-measure', 'found');
  expect(await shownNumber(page, 'delay-ms')).toBeCloseTo(10, 2);
});

test('the meter works in a page without shared memory', async ({ page }) => {
  await using server = await PageServer.start([]);
  await openMeter(page, 'oscillator', server.url);
  await runAudio(page, 1);
  expect(await page.evaluate(() => window.quanta!.isolated)).toBe(false);
  await page.getByTestId('check-measure').click();
  await expectState(page, 'check-measure', 'found');
  expect(Math.abs(await shownNumber(page, 'check-error'))).toBeLessThan(0.05);
});

test('a module that is missing is told, and what to do', async ({ page }) => {
  await page.route('**/offline.wasm', (route) => route.fulfill({ status: 404 }));
  await openMeter(page);
  await page.getByTestId('check-measure').click();
  await expectState(page, 'check-measure', 'failed');
  await expect(stateOf(page, 'check-measure')).toContainText('offline.wasm');
});

test('before the start and after the stop the page says how to begin', async ({ page }) => {
  await page.goto('/#latency');
  await expect(page.getByTestId('latency-empty')).toContainText('Press Start');
  await openMeter(page);
  await page.getByTestId('check-measure').click();
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('latency-empty')).toBeVisible();
});

test('everybody can use the meter, on a narrow screen too', async ({ page }) => {
  await page.addInitScript({ path: axeFile });
  await openMeter(page);
  await page.getByTestId('check-measure').click();
  await expectState(page, 'check-measure', 'found');
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
