import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { runAudio, shownNumber } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { PageServer } from '../support/page-server.ts';
import { wavFile } from '../support/wav.ts';

const clip = fromRoot('build/speech/jfk.wav');
const headBytes = 78;
const rateHz = 16_000;
const patienceMs = 90_000;

// Setup says so where it could not fetch them.
const needed = [clip, fromRoot('dist/models/moonshine-tiny/decoder.onnx')];
test.skip(!needed.every(existsSync), 'The speech model or the recording could not be fetched.');

/** The speech, and silence around it, at 16 kHz. */
async function speech(): Promise<Buffer> {
  const bytes = Uint8Array.from((await readFile(clip)).subarray(headBytes));
  const spoken = Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32_768);
  const samples = new Float32Array(spoken.length + 3 * rateHz);
  samples.set(spoken, rateHz);
  return wavFile([samples], rateHz);
}

/** Starts with the speech as the source, over and over, opens the Voice view and has it listen. */
async function hearSpeech(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?source=file`);
  const file = { name: 'speech.wav', mimeType: 'audio/wav', buffer: await speech() };
  await page.getByTestId('file-input').setInputFiles(file);
  await page.getByTestId('start').click();
  await runAudio(page, 0.2);
  await page.keyboard.press('9');
  await page.getByTestId('voice-toggle').click();
}

const lines = (page: Page) => page.locator('.lines li[data-kind=final]');

test('speech is found, written down and heard again, and the text outlives the session', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(2 * patienceMs);
  await page.addInitScript({ path: axeFile });
  await hearSpeech(page, baseURL!);
  const text = lines(page).filter({ hasText: /your country/i });
  await expect(text.first()).toBeVisible({ timeout: patienceMs });
  await expect(page.getByTestId('voice-status')).toContainText('writing down');
  // The speech comes over and over, in as many stretches as it has pauses.
  const utterances = () => shownNumber(page, 'utterance-count');
  await expect.poll(utterances, { timeout: patienceMs }).toBeGreaterThan(0);
  expect(await shownNumber(page, 'text-latency-median')).toBeGreaterThan(300);
  // The row itself: more come below it meanwhile.
  const play = await text.last().getByRole('button').elementHandle();
  await play.click();
  await expect.poll(() => play.getAttribute('data-playing')).not.toBeNull();
  await page.evaluate(() =>
    window.quanta!.capture({ kind: 'oscillator', frequencyHz: 440 }, { input: 1 }),
  );
  const speakers = page.getByTestId('speakers').getByRole('listitem');
  await expect(speakers.filter({ hasText: 'speech.wav' })).toContainText('speaks');
  await expect(speakers.filter({ hasText: 'Oscillator' })).toContainText('silent');
  expect(await violations(page)).toEqual([]);
  for (const width of [360, 720, 1024]) {
    await page.setViewportSize({ width, height: 740 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  }
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('voice-status')).toContainText('Press Start');
  await expect(text.first()).toBeVisible();
});

test('without the model there is a card, and speech is found all the same', async ({ page }) => {
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.endsWith('encoder.onnx') ? null : bytes,
  );
  await hearSpeech(page, server.url);
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'model-missing');
  await expect(page.getByTestId('voice-status')).toHaveText('Listening for speech.');
  await expect(page.getByTestId('voice-text')).toContainText('Speech since', { timeout: 20_000 });
});

test('without the detector there is a card, and nobody listens', async ({ page }) => {
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.endsWith('silero-vad.bin') ? null : bytes,
  );
  await hearSpeech(page, server.url);
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'asset-missing');
  await expect(page.getByTestId('voice-toggle')).toHaveText('Listen', { timeout: 30_000 });
});

test('a page without shared memory says why it finds no speech', async ({ page }) => {
  await using server = await PageServer.start([]);
  await hearSpeech(page, server.url);
  const card = page.locator('.voice-notice [data-code=not-isolated]');
  await expect(card).toBeVisible();
  await expect(page.getByTestId('voice-toggle')).toHaveText('Listen');
});

test.describe('once its files were used', () => {
  test.use({ serviceWorkers: 'allow' });

  test('speech is written down without a server', async ({ page }) => {
    test.setTimeout(2 * patienceMs);
    const server = await PageServer.start(SECURITY_HEADERS);
    await page.goto(server.url);
    const isKept = () => page.evaluate(() => navigator.serviceWorker.controller !== null);
    await expect.poll(isKept).toBe(true);
    await hearSpeech(page, server.url);
    const status = page.getByTestId('voice-status');
    await expect(status).toContainText('writing down', { timeout: patienceMs });
    await server[Symbol.asyncDispose]();
    await hearSpeech(page, server.url);
    await expect(lines(page).first()).toBeVisible({ timeout: patienceMs });
  });
});

test('speech is found on the audio thread, in a Worker, by ONNX Runtime and on the page', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(2 * patienceMs);
  await hearSpeech(page, baseURL!);
  await page.getByTestId('voice-model').selectOption('none');
  for (const detector of ['engine', 'worker', 'onnx', 'page']) {
    await page.getByTestId('voice-detector').selectOption(detector);
    const found = () => page.evaluate(() => window.quanta!.vad.settings?.backend ?? 'page');
    await expect
      .poll(found)
      .toBe(detector === 'page' ? 'page' : detector === 'onnx' ? 'onnx' : 'native');
    const words = page.getByTestId('voice-text');
    await expect(words).toContainText('Speech since', { timeout: patienceMs });
  }
});
