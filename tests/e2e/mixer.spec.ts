import { expect, type Locator, type Page, test } from '@playwright/test';
import { runAudio, shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { PageServer } from '../support/page-server.ts';

// The oscillator's -12 dBFS as the power of a sine.
const toneDb = -12 - 3.01;
// Long enough for a busy machine; the meters settle within a second or two of audio.
const settled = { timeout: 20_000 };

/** Starts the oscillator and opens the mixer. */
async function openMixer(page: Page): Promise<Locator> {
  await start(page, 'oscillator', '/#mixer');
  await expect(page.getByTestId('strip-0')).toBeVisible();
  return page.getByTestId('strip-0');
}

async function expectFigure(page: Page, testId: string, db: number): Promise<void> {
  await expect.poll(() => shownNumber(page, testId), settled).toBeCloseTo(db, 1);
}

test('a fader moves the level by the decibels that it shows', async ({ page }) => {
  const strip = await openMixer(page);
  await expectFigure(page, 'strip-rms', toneDb);
  await strip.getByTestId('fader').focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowUp');
  await expect(strip.getByTestId('fader-db')).toHaveText('−11.5 dB');
  await expectFigure(page, 'strip-rms', toneDb - 11.5);
  await expectFigure(page, 'master-rms', toneDb - 11.5);
  await strip.getByTestId('fader').dblclick();
  await expectFigure(page, 'strip-rms', toneDb);
});

test('a mute silences, and the letter takes it away', async ({ page }) => {
  const strip = await openMixer(page);
  const peak = () => page.evaluate(() => window.quanta!.telemetry.engine!.quantumPeakLeft);
  await strip.getByTestId('mute').click();
  await expect(strip.getByTestId('mute')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(peak, settled).toBe(0);
  await page.keyboard.press('m');
  await expect(strip.getByTestId('mute')).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(peak, settled).toBeGreaterThan(0.2);
});

test('a second input adds its power, and takes it along when it goes', async ({ page }) => {
  await openMixer(page);
  await expectFigure(page, 'master-rms', toneDb);
  await page.getByTestId('add-input').click();
  await expect(page.getByTestId('strip-1')).toBeVisible();
  await expectFigure(page, 'master-rms', toneDb + 3.01);
  await page.getByTestId('strip-1').getByTestId('mute').click();
  await expectFigure(page, 'master-rms', toneDb);
  await page.getByTestId('remove-1').click();
  await expect(page.getByTestId('strip-1')).toHaveCount(0);
  await page.getByTestId('add-input').click();
  // Fresh: the mute went with the source before it.
  await expectFigure(page, 'master-rms', toneDb + 3.01);
});

test('an input that is pushed shows its ring’s counters', async ({ page }) => {
  await openMixer(page);
  await page.evaluate(async () => {
    const { producer } = await window.quanta!.pushInput({
      ...{ input: 1, sampleRate: 44_100, channels: 1, pace: 'on-demand', label: 'Decoder' },
    });
    const frames = new Float32Array(882).fill(0.25);
    const push = async (): Promise<void> => {
      while (await producer.ready(frames.length)) producer.pushAll([frames]);
    };
    void push();
    // More than there is room for, at once.
    producer.pushOrDrop([new Float32Array(10_000)]);
  });
  const strip = page.getByTestId('strip-1');
  await expect(strip).toContainText('Decoder');
  await expect.poll(() => shownNumber(page, 'push-fill'), settled).toBeGreaterThan(1000);
  await expect(page.getByTestId('push-overruns')).toHaveText('1');
  await expect(page.getByTestId('push-drift')).toHaveText('0 ppm');
  await expect(page.getByTestId('strip-0').getByTestId('push-fill')).toHaveCount(0);
  await page.getByTestId('remove-1').click();
  await expect(strip).toHaveCount(0);
});

test('the last input that goes ends the session', async ({ page }) => {
  await openMixer(page);
  await page.getByTestId('remove-0').click();
  await expect(page.getByTestId('mixer-empty')).toContainText('Press Start');
  await expect(page.getByTestId('start')).toBeVisible();
});

test('the effect sheet sets the engine, shows what it does and resets it', async ({ page }) => {
  const strip = await openMixer(page);
  await strip.getByTestId('open-effects').click();
  const sheet = page.getByTestId('effects').filter({ visible: true });
  await sheet.getByTestId('compressorOn').check();
  await sheet.getByTestId('compressorThresholdDb').fill('-40');
  await sheet.getByTestId('compressorThresholdDb').press('Enter');
  await expect.poll(() => shownNumber(page, 'compressor-now'), settled).toBeGreaterThan(10);
  await sheet.getByTestId('reset-effects').click();
  await expect(sheet.getByTestId('compressorOn')).not.toBeChecked();
  await sheet.getByTestId('close-effects').click();
  await expect(strip.getByTestId('open-effects')).toContainText('all off');
});

test('the monitor is one switch in two places', async ({ page }) => {
  await openMixer(page);
  await page.getByTestId('monitor').check();
  expect(await page.evaluate(() => window.quanta!.monitor)).toBe(true);
  await page.keyboard.press('1');
  await expect(page.getByTestId('waveform')).toBeVisible();
  await expect(page.getByTestId('monitor')).toBeChecked();
});

test('a listener of the bus gets a row, and an idle bus says so', async ({ page }) => {
  await start(page, 'oscillator', '/#status');
  await expect(page.getByTestId('pipeline-empty')).toBeVisible();
  await runAudio(page, 1);
  await page.evaluate(() => {
    const listener = window.quanta!.bus.listen({ name: 'speech model' });
    void (async () => {
      for await (const chunk of listener) if (chunk.seq < 0) break;
    })();
  });
  await expect(page.getByTestId('listener')).toContainText('speech model');
  await expect(page.getByTestId('listener')).toContainText('none lost');
  await expect.poll(() => shownNumber(page, 'listener-delivered'), settled).toBeGreaterThan(10);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('everybody can use the mixer', async ({ page }) => {
      await page.addInitScript({ path: axeFile });
      const strip = await openMixer(page);
      await strip.getByTestId('mute').click();
      await strip.getByTestId('solo').click();
      await expect(strip.getByTestId('solo')).toHaveAttribute('aria-pressed', 'true');
      expect(await violations(page)).toEqual([]);
      await strip.getByTestId('open-effects').click();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('a page without shared memory says why it has no mixer', async ({ page }) => {
  await using server = await PageServer.start([]);
  await start(page, 'oscillator', `${server.url}/#mixer`);
  await runAudio(page, 1);
  await expect(page.getByTestId('mixer-empty')).toContainText('not cross-origin isolated');
});
