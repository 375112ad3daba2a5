import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { commandExists, fromRoot } from '../../scripts/lib/paths.mjs';
import { GatedDetector } from '../../web/lib/vad/stream-detector.ts';
import { VadModule } from '../../web/lib/vad/vad-module.ts';
import type { DetectionSettings } from '../../web/lib/index.ts';
import { start, withBrowser } from '../support/app.ts';

test.skip(!commandExists('espeak-ng'), 'there is nobody to speak: espeak-ng is not here');

const frames = 100;

/** What a detector said, and the samples that it heard, from its first frame on. */
interface Heard {
  readonly startSamples: readonly number[];
  readonly probabilities: readonly number[];
  readonly samples: Float32Array;
}

/** Detects for some seconds. The bus holds half a minute, so its chunks are still there afterwards. */
async function hear(page: Page, settings: Partial<DetectionSettings>): Promise<Heard> {
  const { samples, ...heard } = await page.evaluate(
    async ([options, count]) => {
      const { bus, vad } = window.quanta!;
      const [chunks, listener] = [bus.listen(), vad.listen()];
      await vad.enable(options);
      const said: { startSample: number; probability: number }[] = [];
      while (said.length < count) said.push((await listener.recv())!);
      const bytes: number[] = [];
      for await (const chunk of chunks) {
        if (chunk.seq * 512 < said[0]!.startSample) continue;
        bytes.push(...new Uint8Array(chunk.copy()!.samples.buffer as ArrayBuffer));
        if (bytes.length === count * 512 * 4) break;
      }
      await vad.disable();
      for (const each of [chunks, listener]) each.close();
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return {
        startSamples: said.map(({ startSample }) => startSample),
        probabilities: said.map(({ probability }) => probability),
        samples: btoa(text),
      };
    },
    [settings, frames] as const,
  );
  const bytes = Uint8Array.from(Buffer.from(samples, 'base64'));
  return { ...heard, samples: new Float32Array(bytes.buffer) };
}

/** The highest probability in the mix, in the speech at the first input, in a tone at the second. */
async function hearEach(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const session = window.quanta!;
    await session.capture({ kind: 'oscillator', frequencyHz: 440 }, { input: 1 });
    const sources = ['mix', 0, 1] as const;
    const listeners = sources.map((source) => session.vad.listen({ source }));
    await session.vad.enable({ sources });
    const most = [0, 0, 0];
    for (let frame = 0; frame < count; frame += 1) {
      const said = await Promise.all(listeners.map((listener) => listener.recv()));
      for (const [i, heard] of said.entries()) most[i] = Math.max(most[i]!, heard!.probability);
    }
    await session.vad.disable();
    for (const listener of listeners) listener.close();
    return most;
  }, frames);
}

/** The same by the module in Node. */
async function alone(samples: Float32Array): Promise<number[]> {
  const module = await readFile(fromRoot('public/vad.wasm'));
  const weights = await readFile(fromRoot('public/models/silero-vad.bin'));
  const detector = new GatedDetector(await VadModule.create(module, weights));
  const probabilities: number[] = [];
  for (let seq = 0; seq * 512 < samples.length; seq += 1) {
    probabilities.push(await detector.detect(seq, samples.slice(seq * 512, (seq + 1) * 512)));
  }
  return probabilities;
}

test('engine, Worker and ONNX Runtime hear the same speech', async ({ baseURL }, testInfo) => {
  test.setTimeout(120_000);
  const file = testInfo.outputPath('speech.wav');
  const text = 'Whatever is said here is said again and again, and never stays the same for long.';
  expect(spawnSync('espeak-ng', ['-w', file, text]).status).toBe(0);
  await withBrowser({ wavFile: file }, async (context) => {
    const page = await context.newPage();
    await start(page, 'microphone', baseURL);
    await expect.poll(() => page.evaluate(() => window.quanta?.source?.kind)).toBe('microphone');
    for (const [settings, error] of [
      [{ place: 'engine' }, 0],
      [{ place: 'worker' }, 0],
      [{ place: 'worker', backend: 'onnx' }, 1e-3],
    ] as const) {
      const { startSamples, probabilities, samples } = await hear(page, settings);
      const [first = NaN] = startSamples;
      expect(startSamples).toEqual(probabilities.map((_, i) => first + 512 * i));
      const wanted = await alone(samples);
      const errors = probabilities.map((value, i) => Math.abs(value - wanted[i]!));
      expect(Math.max(...errors), JSON.stringify(settings)).toBeLessThanOrEqual(error);
      expect(Math.max(...probabilities)).toBeGreaterThan(0.5);
    }
    const [mix, speaker, tone] = await hearEach(page);
    expect(mix).toBeGreaterThan(0.5);
    expect(speaker).toBeGreaterThan(0.5);
    expect(tone).toBeLessThan(0.3);
  });
});

test('weights that are not the right ones are refused in words', async ({ page }) => {
  await page.route('**/silero-vad.bin', (route) => route.fulfill({ body: 'weights' }));
  await start(page, 'oscillator');
  await expect.poll(() => page.evaluate(() => window.quanta !== undefined)).toBe(true);
  const message = await page.evaluate(async () => {
    const { vad } = window.quanta!;
    const problem = await vad.enable().catch((error: unknown) => String(error));
    return [problem, vad.settings];
  });
  expect(message).toEqual([expect.stringMatching(/silero-vad\.bin is damaged.*SHA-256/), null]);
});
