import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type {} from '../../web/app/global.ts';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { PageServer } from '../support/page-server.ts';
import { QuantaFolder } from '../support/quanta.ts';
import type { SessionError } from '../../web/lib/index.ts';
import { runAudio, start, withBrowser } from '../support/app.ts';
import { noise, seededRandom } from '../support/random.ts';
import { wavFile } from '../support/wav.ts';

// The first replay builds the native program.
test.describe.configure({ timeout: 300_000 });

const microphoneRate = 44_100;

interface Replayed {
  readonly identical: boolean;
  readonly quanta: number;
  readonly seconds: number;
  readonly comparisons: readonly { readonly quanta: number; readonly difference: unknown }[];
}

/** Runs the program on a recording. */
async function replay(bytes: Uint8Array, ...options: string[]): Promise<Replayed> {
  using folder = new QuantaFolder();
  folder.write('recording', bytes);
  const { stdout, stderr } = await folder.run(['replay', 'recording', '--json', ...options]);
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { files: [Replayed] }).files[0];
}

async function bytesOf(page: Page, take: 'save' | 'incident'): Promise<Uint8Array> {
  const numbers = await page.evaluate(async (what) => {
    const recorder = window.quanta!.flightRecorder;
    const blob = what === 'save' ? await recorder.save() : recorder.incidents.at(-1)!.recording;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 32_768) {
      text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
    }
    return btoa(text);
  }, take);
  return Uint8Array.from(Buffer.from(numbers, 'base64'));
}

test('a session with the microphone is repeated at a desk, bit by bit', async ({
  baseURL,
}, testInfo) => {
  const file = testInfo.outputPath('microphone.wav');
  const sound = noise(10 * microphoneRate, seededRandom(3));
  await writeFile(file, wavFile([sound], microphoneRate, 'int16'));
  await withBrowser({ wavFile: file }, async (context) => {
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await runAudio(page, 2);
    await page.evaluate(async () => {
      const { mixer, analyzer } = window.quanta!;
      await analyzer.configure({});
      await mixer.send({ kind: 'set', input: 0, parameter: 'compressorOn', value: 1 });
      await mixer.send({ kind: 'set', input: 0, parameter: 'highShelfDb', value: 9 });
      await mixer.send({ kind: 'set-master', parameter: 'limiterOn', value: 1 });
    });
    await runAudio(page, 4);
    const result = await replay(await bytesOf(page, 'save'));
    expect(result.comparisons.map(({ difference }) => difference)).toEqual([null, null, null]);
    expect(result.identical).toBe(true);
    expect(result.seconds).toBeGreaterThan(6);
    expect(result.comparisons[0]!.quanta).toBeGreaterThan(result.quanta - 2);
  });
});

test('a click on Save gives the file', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.getByRole('link', { name: 'Deadline' }).click();
  await expect(page.getByTestId('flight-status')).toHaveText(
    /^Holds the last \d+ s, [\d.]+ [KM]iB/,
  );
  const download = page.waitForEvent('download');
  await page.getByTestId('flight-save').click();
  expect((await download).suggestedFilename()).toMatch(/^quanta-.*\.flight$/);
});

test('a stall of the audio thread is kept as an incident', async ({ page }) => {
  const prelude = await readFile(fromRoot('tests/fixtures/stalling-prelude.js'), 'utf8');
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.includes('/processor-') ? Buffer.from(prelude + bytes.toString()) : bytes,
  );
  await start(page, 'oscillator', server.url);
  await expect
    .poll(() => page.evaluate(() => window.quanta?.flightRecorder.incidents.length ?? 0), {
      timeout: 30_000,
    })
    .toBeGreaterThan(0);
  const [incident, kinds] = await page.evaluate(() => [
    window.quanta!.flightRecorder.incidents[0]!.reason,
    window.quanta!.glitches.events.map(({ kind }) => kind),
  ]);
  expect(['missed-quanta', 'underrun']).toContain(incident);
  expect(kinds).toContain(incident);
  const result = await replay(await bytesOf(page, 'incident'), '--engine', 'wasm');
  expect(result.identical).toBe(true);
});

test('a trap is kept as an incident, with what came before it', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 2);
  await page.evaluate(() => {
    const { buffer } = window.quanta!.memory!;
    const arenaBase = 65_536;
    const words = new Uint32Array(buffer, 0, arenaBase / 4);
    words.forEach((word, i) => {
      if (word >= arenaBase && word < buffer.byteLength) words[i] = 0xffff_f000;
    });
  });
  await expect
    .poll(() => page.evaluate(() => window.quanta!.flightRecorder.incidents.at(-1)?.reason))
    .toBe('trap');
  const result = await replay(await bytesOf(page, 'incident'), '--engine', 'wasm');
  expect(result.identical).toBe(true);
  expect(result.seconds).toBeGreaterThan(2);
  // The engine that took over goes on recording.
  await runAudio(page, 1);
  expect((await replay(await bytesOf(page, 'save'), '--engine', 'wasm')).identical).toBe(true);
});

test('nothing is recorded where the browser gives no memory for it, and all else works', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { Memory } = WebAssembly;
    const most = 1024;
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        if ((descriptor.maximum ?? 0) > most) throw new RangeError('no memory');
        super(descriptor);
      }
    };
  });
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await expect(page.getByTestId('wasm-status')).toHaveText('active');
  const { recording } = await page.evaluate(() => window.quanta!.flightRecorder.status);
  expect(recording).toBe(false);
  const code = await page.evaluate(() =>
    window.quanta!.flightRecorder.save().catch((error: unknown) => (error as SessionError).code),
  );
  expect(code).toBe('not-recording');
});
