import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { drainFrames } from '../soak/live/mix-frames.ts';
import { VoiceAligner } from '../soak/live/voice-aligner.ts';
import { frameLatencies, runOffline } from '../soak/offline/index.ts';
import { SoakEngine } from '../soak/offline/soak-engine.ts';
import { noise, seededRandom } from '../support/random.ts';

const rateHz = 48_000;
const bytes = Uint8Array.from(await readFile(fromRoot('public/engine.wasm')));
const fromZero = { frame: 0, mix: 0, voice: 0, queues: 0 };

/** Every counter reaches a boundary while the run lasts: after 60 s, 50 s, 32 s and a few commands. */
const startBefore = (boundary: number) => ({
  frame: boundary - 60 * rateHz,
  mix: boundary - 50 * rateHz,
  voice: boundary - 1000,
  queues: boundary - 4,
});

test.each([
  { name: 'from 0', start: fromZero },
  { name: 'across 2^31', start: startBefore(2 ** 31) },
  { name: 'across 2^32', start: startBefore(2 ** 32) },
])('two minutes of audio $name are whole, counted and on time', async ({ start }) => {
  const record = await runOffline({ bytes, frames: 120 * rateHz, start });
  expect(record.problems).toEqual([]);
  expect(record.frames).toBe(120 * rateHz);
  expect(record.commands.sent).toBeGreaterThan(5);
  expect(record.gapFrames).toBeGreaterThan(0);
  const books = new Map(record.readers.map((reader) => [reader.name, reader]));
  expect(books.get('mix, keeping up')).toMatchObject({ delivered: record.frames, dropped: 0 });
  for (const late of ['mix, lapped', 'mix, frozen', 'voice, lapped', 'voice, frozen']) {
    const { delivered, dropped } = books.get(late)!;
    expect([late, delivered > 0, dropped > 0]).toEqual([late, true, true]);
  }
});

describe('a run whose engine is fed wrongly is found out', () => {
  const at = 20 * rateHz;
  /** Feeds the quantum with a frame otherwise. */
  const spoilAt =
    (spoil: (channel: Float32Array, i: number) => void) =>
    (channels: readonly Float32Array[], frame: number): readonly Float32Array[] => {
      const [first, last] = [frame, frame + channels[0]!.length];
      if (at < first || at >= last) return channels;
      return channels.map((channel) => {
        const copy = channel.slice();
        spoil(copy, at - first);
        return copy;
      });
    };

  test.each([
    ['one sample that is wrong', spoilAt((channel, i) => void (channel[i]! += 2 ** -24))],
    ['a frame that came twice', spoilAt((channel, i) => void channel.copyWithin(i + 1, i))],
    ['a frame that is missing', spoilAt((channel, i) => void channel.copyWithin(i, i + 1))],
  ])('by %s', async (_name, spoil) => {
    const run = { bytes, frames: 30 * rateHz, start: fromZero, seed: 3 };
    expect((await runOffline(run)).problems).toEqual([]);
    const { wrong, problems } = await runOffline({ ...run, spoil });
    expect(wrong.mixFrames).toBeGreaterThan(0);
    expect(wrong.voiceChunks).toBeGreaterThan(0);
    expect(problems.length).toBeGreaterThan(0);
  });
});

test('a chunk is complete after its length, the filter’s delay and less than a quantum', async () => {
  const quantumFrames = 128;
  const latencies = await frameLatencies({ bytes, rateHz, quantumFrames, chunks: 100 });
  const [least, most] = [Math.min(...latencies), Math.max(...latencies)];
  expect(least).toBeGreaterThan(32);
  expect(most).toBeLessThan(40);
  expect(most - least).toBeLessThan((quantumFrames * 1000) / rateHz);
});

test.each([44_100, 48_000])(
  'at %i Hz the voice is found in the mix at its time, and is found out one frame beside it',
  async (contextRateHz) => {
    const engine = await SoakEngine.start(bytes, contextRateHz, fromZero);
    const [mix, voice] = [engine.mix.listen(), engine.voice.listen()];
    const right = new VoiceAligner(contextRateHz, 0);
    const beside = [-1, 1].map((frame) => new VoiceAligner(contextRateHz, frame));
    const random = seededRandom(5);
    for (let quantum = 0; quantum < 1000; quantum += 1) {
      engine.process([noise(128, random), noise(128, random)]);
    }
    drainFrames(mix, {
      push: (left, other) => [right, ...beside].forEach((aligner) => aligner.push(left, other)),
      skip: () => expect.unreachable(),
    });
    for (let chunk = voice.tryRecv(); chunk !== undefined; chunk = voice.tryRecv()) {
      for (const aligner of [right, ...beside]) if (aligner.covers(chunk)) aligner.compare(chunk);
    }
    expect(right.compared).toBeGreaterThan(300);
    expect(right.maxIndexError).toBe(0);
    expect(right.minCorrelation).toBeGreaterThan(0.97);
    for (const { maxIndexError } of beside) expect(maxIndexError).toBe(1);
  },
);
