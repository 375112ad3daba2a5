import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { runAudio, shownNumber, snapshot, start, waveform, withBrowser } from '../support/app.ts';
import { fitSine } from '../support/sine-fit.ts';
import { sine, wavFile } from '../support/wav.ts';

// The fake microphone's own rate: a context of this rate gets its samples as they are.
const microphoneRate = 44100;
const frequencyHz = 997;
const peak = 0.5;

test('a microphone is measured as it is', async ({ baseURL }, testInfo) => {
  const file = testInfo.outputPath('microphone.wav');
  const tone = sine(frequencyHz, peak, 10, microphoneRate);
  await writeFile(file, wavFile([tone], microphoneRate, 'int16'));
  await withBrowser({ wavFile: file }, async (context) => {
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await runAudio(page, 3);

    await expect(page.getByTestId('wasm-status')).toHaveText('active');
    expect(await shownNumber(page, 'peak-db')).toBeCloseTo(20 * Math.log10(peak), 1);
    expect(await shownNumber(page, 'rms-db')).toBeCloseTo(20 * Math.log10(peak / Math.SQRT2), 1);
    const rate = await page.evaluate(() => window.quanta!.sampleRate);
    await expect(async () => {
      // The browser's own capture queue may drop or pad 10 ms on a busy machine: take a clean stretch.
      const { amplitude, residual } = fitSine(await waveform(page, 0, 4096), frequencyHz, rate);
      expect(amplitude).toBeCloseTo(peak, 2);
      expect(residual).toBeLessThan(0.001);
    }).toPass();
  });
});

test('a stereo file is shown sample by sample', async ({ page }) => {
  const rate = 48000;
  const left = sine(480, 0.8, 1, rate);
  const right = sine(1200, 0.2, 1, rate);
  await page.goto('/');
  await page.getByTestId('sample-rate').selectOption(String(rate));
  await page.getByTestId('source').selectOption('file');
  await page.getByTestId('file-input').setInputFiles({
    name: 'two tones.wav',
    mimeType: 'audio/wav',
    buffer: wavFile([left, right], rate),
  });
  await page.getByTestId('start').click();
  await runAudio(page, 3);
  expect(fitSine(await waveform(page, 0, 8000), 480, rate).amplitude).toBeCloseTo(0.8, 4);
  expect(fitSine(await waveform(page, 0, 8000), 480, rate).residual).toBeLessThan(1e-5);
  expect(fitSine(await waveform(page, 1, 8000), 1200, rate).amplitude).toBeCloseTo(0.2, 4);
  expect(await shownNumber(page, 'peak-db')).toBeCloseTo(20 * Math.log10(0.8), 1);
});

test('an oscillator runs at the expected rate of quanta', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  const before = await snapshot(page);
  await runAudio(page, 10);
  const after = await snapshot(page);
  const perSec = (after.quanta - before.quanta) / (after.audioClockSec - before.audioClockSec);
  const expected = after.expectedQuantaPerSec;
  expect(Math.abs(perSec / expected - 1)).toBeLessThan(0.01);
  expect(Math.abs((await shownNumber(page, 'quanta-rate')) / expected - 1)).toBeLessThan(0.01);
  expect(after.droppedFrames).toBe(0);
  expect(after.frames).toBe(after.quanta * 128);
});

test('every frame of the audio clock was processed or is counted', async ({ page }) => {
  await start(page, 'oscillator');
  for (let pause = 0; pause < 5; pause += 1) {
    await runAudio(page, 0.5);
    await page.evaluate(async () => {
      const { context } = window.quanta!;
      await context.suspend();
      await context.resume();
    });
  }
  await runAudio(page, 0.5);
  // Exact whenever both are read within one quantum; the browser may be between the two.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const { context, scope } = window.quanta!;
        const { firstFrame, frames, missedFrames } = scope;
        const clockFrames = Math.round(context.currentTime * context.sampleRate);
        return clockFrames - firstFrame - frames - missedFrames;
      }),
    )
    .toBe(0);
});

test('stop gives the microphone back and start works again', async ({ page }) => {
  await start(page, 'microphone');
  await runAudio(page, 1);
  const track = await page.evaluateHandle(() => window.quanta!.source!.track!);
  const context = await page.evaluateHandle(() => window.quanta!.context);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('start')).toBeVisible();
  expect(await track.evaluate((live) => live.readyState)).toBe('ended');
  await expect.poll(() => context.evaluate((closed) => closed.state)).toBe('closed');
  await page.getByTestId('start').click();
  await runAudio(page, 1);
});

test('the microphone is asked for only after Start', async ({ page }) => {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (constraints) => {
      document.documentElement.dataset['asked'] = 'yes';
      return ask(constraints);
    };
  });
  await page.goto('/');
  await page.getByTestId('source').selectOption('microphone');
  await expect(page.locator('html')).not.toHaveAttribute('data-asked');
  await page.getByTestId('start').click();
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'yes');
});

test('nothing is asked of a foreign origin', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL!) && !request.url().startsWith('blob:')) {
      foreign.push(request.url());
    }
  });
  await start(page, 'oscillator');
  await runAudio(page, 2);
  expect(foreign).toEqual([]);
});
