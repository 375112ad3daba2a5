import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { PageServer } from '../support/page-server.ts';
import { runAudio, start } from '../support/app.ts';
import { traceAudioThread } from '../support/trace.ts';

const traceSec = 60;

test('the garbage collector never runs on the audio thread', async ({ page, browser }) => {
  test.setTimeout(300_000);
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.evaluate(pushTwoInputs);
  await page.evaluate(() => window.quanta!.vad.enable());
  // What the start itself left behind is collected before the measurement.
  await runAudio(page, 5);
  const trace = await traceAudioThread(browser, page, () => runAudio(page, traceSec));
  const rate = await page.evaluate(() => window.quanta!.sampleRate);
  expect(trace.quantaUs.length).toBeGreaterThan((traceSec * rate) / 128);
  expect(trace.collections).toEqual([]);
  const playing = await page.evaluate(() =>
    window.quanta!.sources.map((source) => source?.kind === 'push' && source.status.playing),
  );
  expect(playing.slice(0, 3)).toEqual([false, true, true]);
  expect(await page.evaluate(() => window.quanta!.vad.settings?.place)).toBe('engine');
});

/** In the page: fills two push inputs, one of them resampled, for as long as the session lasts. */
async function pushTwoInputs(): Promise<void> {
  for (const [input, sampleRate] of [
    [1, 44_100],
    [2, 48_000],
  ] as const) {
    const { producer } = await window.quanta!.pushInput({ input, sampleRate, pace: 'on-demand' });
    const frames = new Float32Array(sampleRate / 100).fill(0.1);
    const push = async (): Promise<void> => {
      while (await producer.ready(frames.length)) producer.pushAll([frames, frames]);
    };
    void push();
  }
}

test('a processor that allocates is caught by the same trace', async ({ page, browser }) => {
  const prelude = await readFile(fromRoot('tests/fixtures/allocating-prelude.js'), 'utf8');
  let altered = 0;
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) => {
    if (!path.includes('/processor-')) return bytes;
    altered += 1;
    return Buffer.from(prelude + bytes.toString());
  });
  await start(page, 'oscillator', server.url);
  await runAudio(page, 2);
  expect(altered).toBe(1);
  const trace = await traceAudioThread(browser, page, () => runAudio(page, 10));
  expect(trace.collections.length).toBeGreaterThan(0);
});
