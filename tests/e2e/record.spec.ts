import { readFile, writeFile } from 'node:fs/promises';
import { expect as impatient, type Page, test } from '@playwright/test';
import { runAudio, shownNumber, start, withBrowser } from '../support/app.ts';
import { wavFile } from '../support/wav.ts';
import { PageServer } from '../support/page-server.ts';
import { overflows } from '../support/overflow.ts';
import { axeFile, violations } from '../support/axe.ts';

// A dialog of the system that no test can answer.
test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined });
  });
});

// What it waits for comes by the audio clock, which a busy machine holds up.
const expect = impatient.configure({ timeout: 20_000 });

/** Opens the view of a page that hears its microphone. */
async function openRecorder(page: Page): Promise<void> {
  await start(page, 'microphone');
  await runAudio(page, 0.5);
  await page.keyboard.press('0');
  await expect(page.getByTestId('record-toggle')).toBeEnabled();
}

/** Waits until so much more is recorded. */
async function recordFor(page: Page, seconds: number): Promise<void> {
  const elapsed = () => shownNumber(page, 'record-elapsed');
  await expect.poll(elapsed, { timeout: 5000 + 4000 * seconds }).toBeGreaterThan(seconds);
}

async function downloaded(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(testId).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the microphone is recorded, heard, named, saved and deleted', async ({ page }) => {
  await page.addInitScript({ path: axeFile });
  await openRecorder(page);
  await page.getByTestId('record-format').selectOption('wav16');
  await page.getByTestId('record-toggle').click();
  await recordFor(page, 3);
  expect(await shownNumber(page, 'record-peak')).toBeGreaterThan(-60);
  await expect(page.getByTestId('record-lost')).toHaveText('No sound was lost.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  expect(await overflows(page)).toEqual([]);
  // It goes on while another view is shown, and ends from there.
  await page.keyboard.press('1');
  await expect(page.getByTestId('recording-mark')).toContainText('Recording');
  await page.keyboard.press('r');
  await expect(page.getByTestId('recording-mark')).toBeHidden();
  await page.keyboard.press('0');
  await expect(page.getByTestId('take')).toHaveCount(1);

  await page.getByTestId('take-play').click();
  await expect(page.getByTestId('take-time')).not.toHaveText(/^00:00/);
  await expect(page.locator('.take-outline path')).toHaveCount(1);

  await page.getByTestId('take-rename').click();
  await page.getByTestId('take-name-field').fill('A/B: <i>"first"</i>');
  await page.keyboard.press('Enter');
  await expect(page.locator('.take-name')).toHaveText('A/B: <i>"first"</i>');
  await page.reload();
  await page.keyboard.press('0');
  await expect(page.locator('.take-name')).toHaveText('A/B: <i>"first"</i>');

  const sound = await downloaded(page, 'take-save');
  const details = await downloaded(page, 'take-details');
  expect([sound.name, details.name]).toEqual([
    'A-B- -i--first---i-.wav',
    'A-B- -i--first---i-.json',
  ]);
  const { frames, sampleRate, channels } = JSON.parse(details.bytes.toString()) as {
    frames: number;
    sampleRate: number;
    channels: number;
  };
  expect(frames).toBeGreaterThan(3 * sampleRate);
  const data = sound.bytes.indexOf('data', 12, 'latin1');
  expect(sound.bytes.readUInt32LE(data + 4)).toBe(frames * channels * 2);
  expect(sound.bytes.length - data - 8).toBe(frames * channels * 2);

  await page.getByTestId('take-delete').click();
  await page.getByTestId('take-delete-yes').click();
  await expect(page.getByTestId('takes-words')).toContainText('Nothing is recorded yet');
});

test('a page that records asks before it closes, and a stop of the audio keeps the take', async ({
  page,
}) => {
  await openRecorder(page);
  await page.keyboard.press('r');
  await recordFor(page, 1);
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  const before = await shownNumber(page, 'record-elapsed');
  await recordFor(page, before + 0.2);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('take')).toHaveCount(1);
  await expect(page.getByTestId('recording-mark')).toBeHidden();
});

test('what a closed tab recorded is mended and offered', async ({ page, context }) => {
  await openRecorder(page);
  await page.keyboard.press('r');
  await recordFor(page, 2.5);
  await page.close();
  const next = await context.newPage();
  await next.goto('/#record');
  await expect(next.getByTestId('takes-recovered')).toContainText('A recording was cut off');
  await expect(next.getByTestId('take-recovered')).toHaveText('recovered');
  await next.getByTestId('take-play').click();
  await expect(next.getByTestId('take-time')).toHaveText(/ \/ 00:0[1-9]$/);
});

test('a full disk ends the recording with a card, and keeps what there was', async ({
  page,
  baseURL,
}) => {
  await openRecorder(page);
  await page.keyboard.press('r');
  await recordFor(page, 1.5);
  const client = await page.context().newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const card = page.locator('.record-notice [data-code=storage-full]');
  await expect(card).toBeVisible();
  await expect(page.getByTestId('recording-mark')).toBeHidden();
  await expect(page.getByTestId('take')).toHaveCount(1);
  await client.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByTestId('error-action').click();
  await expect(card).toHaveCount(0);
});

test('a page without shared memory, or without storage, says why it does not record', async ({
  page,
}) => {
  await using server = await PageServer.start([]);
  await page.addInitScript(() => {
    const denied = new DOMException('Storage directory access is denied.', 'SecurityError');
    navigator.storage.getDirectory = () => Promise.reject(denied);
  });
  await start(page, 'oscillator', server.url);
  await runAudio(page, 0.5);
  await page.keyboard.press('r');
  // The key brings the view that tells why.
  const code = page.locator('.record-notice [data-code]');
  await expect(code).toHaveAttribute('data-code', 'not-isolated');
  await page.reload();
  await expect(code).toHaveAttribute('data-code', 'storage-denied');
  await expect(page.getByTestId('takes-words')).toHaveText('The list cannot be read.');
});

const rateHz = 48_000;
const markerFrames = 4800;

/** Ten markers a second: bursts of some samples, each as high as all the others. */
function markedSound(): Float32Array {
  const samples = new Float32Array(rateHz);
  for (let at = 0; at < samples.length; at += markerFrames) samples.fill(0.5, at, at + 48);
  return samples;
}

/** Where markers begin in a WAV file of two channels of floats, in frames. */
function markersIn(file: Buffer): number[] {
  const begin = file.indexOf('data', 12, 'latin1') + 8;
  const samples = new Float32Array(Uint8Array.from(file.subarray(begin)).buffer);
  const found: number[] = [];
  for (let frame = 1; frame < samples.length / 2; frame += 1) {
    const rises = samples[2 * frame]! >= 0.25 && samples[2 * frame - 2]! < 0.25;
    if (rises) found.push(frame);
  }
  return found;
}

test('the markers of a microphone come back at their places', async ({ baseURL }, testInfo) => {
  const file = testInfo.outputPath('markers.wav');
  await writeFile(file, wavFile([markedSound(), markedSound()], rateHz, 'int16'));
  await withBrowser({ wavFile: file }, async (context) => {
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined });
    });
    await page.goto(`${baseURL}/?source=microphone#live`);
    await page.getByTestId('sample-rate').selectOption(String(rateHz));
    await page.getByTestId('start').click();
    await runAudio(page, 0.5);
    await page.keyboard.press('0');
    await page.getByTestId('record-source').selectOption('0');
    await page.getByTestId('record-format').selectOption('wav32f');
    await page.getByTestId('record-toggle').click();
    await recordFor(page, 4);
    await page.getByTestId('record-toggle').click();
    const found = markersIn((await downloaded(page, 'take-save')).bytes);
    expect(found.length).toBeGreaterThan(30);
    const steps = found.slice(1).map((frame, i) => frame - found[i]!);
    // Now and then the browser drops a buffer of the device, or puts one in; nothing else may be off.
    const exact = steps.filter((step) => step === markerFrames);
    expect(exact.length, steps.join(' ')).toBeGreaterThan(0.8 * steps.length);
  });
});
