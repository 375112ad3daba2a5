import { expect, test } from 'vitest';
import {
  DEVICE_BUFFER_FRAMES,
  MARKER_RATE_HZ,
  markerSigns,
  PEAK,
  PERIOD_FRAMES,
} from '../../scripts/soak/markers.mjs';
import type { LiveRecord } from '../../scripts/soak/record.mjs';
import { judge, LOSS_BOUND_MS } from '../../scripts/soak/verdict.mjs';
import { inputGain, MarkerDecoder } from '../soak/live/marker-decoder.ts';

const signs = markerSigns();
const silent = -1;

/** The numbers of the samples that an input gets; silent where it gets none. */
type Feed = number[];

const from = (first: number, frames: number): Feed =>
  Array.from({ length: frames }, (_, i) => (first + i) % PERIOD_FRAMES);
const silence = (frames: number): Feed => Array.from({ length: frames }, () => silent);

/** The mix of some inputs, as the worklet would make it. */
function mixOf(feeds: readonly Feed[]): Float32Array {
  return Float32Array.from(feeds[0]!, (_, frame) =>
    feeds.reduce((sum, feed, input) => {
      const index = feed[frame]!;
      const sign = index === silent ? 0 : signs[index]!;
      return sum + Math.fround(inputGain(input)) * PEAK * sign;
    }, 0),
  );
}

/** The record of a run in which everything but the feeds went well. */
function record(
  feeds: readonly Feed[],
  change: (record: LiveRecord, left: Float32Array) => Partial<LiveRecord> = () => ({}),
  spoil: (left: Float32Array) => void = () => undefined,
): LiveRecord {
  const left = mixOf(feeds);
  spoil(left);
  const frames = left.length;
  const decoder = new MarkerDecoder(feeds.length, 0);
  decoder.push(
    left,
    left.map((sample) => sample / 2),
  );
  decoder.finish();
  const voice = Math.floor((frames / MARKER_RATE_HZ) * (16_000 / 512));
  const whole: LiveRecord = {
    ...{ inputs: feeds.length, rateHz: MARKER_RATE_HZ, quantumFrames: 128 },
    running: { clock: 896 + frames, first: 896, received: frames, missed: 0 },
    frames: { first: 896, received: frames, missed: 0 },
    published: { mix: frames, voice },
    channelErrors: decoder.channelErrors,
    segments: decoder.segments,
    readers: [
      { name: 'mix', ring: 'mix', delivered: frames - 10, dropped: 4, pending: 6 },
      { name: 'voice', ring: 'voice', delivered: voice, dropped: 0, pending: 0 },
    ],
    voice: {
      ...{ chunks: voice, jumps: 0, maxTimestampErrorMs: 0, compared: 4 * voice },
      ...{ maxIndexError: 0, minCorrelation: 0.99 },
      endMs: ((896 + frames) * 1000) / MARKER_RATE_HZ - 20,
    },
    first: { lossMs: 3, position: 0, missedFrames: 0 },
    last: { lossMs: 3, position: frames, missedFrames: 0 },
    clock: {
      ...{ readings: 40, maxResidualMs: 0.04, steps: [], stepsMs: 0 },
      ...{ driftPpm: 0, driftPpmConfidence: 1 },
    },
    handOffMs: [],
    consumerMs: [],
  };
  return { ...whole, ...change(whole, left) };
}

const second = MARKER_RATE_HZ;

test('a run in which nothing happened keeps every promise', () => {
  const { problems, indexErrorFrames, unaccounted, inputs } = judge(record([from(500, second)]));
  expect(problems).toEqual([]);
  expect([indexErrorFrames, unaccounted]).toEqual([0, 0]);
  expect(inputs).toMatchObject([{ input: 0, frames: second, glitches: [] }]);
});

test('the samples of eight inputs are told apart in their sum', () => {
  const feeds = Array.from({ length: 8 }, (_, input) => from(100_000 * input + 7 * input, second));
  const { segments } = record(feeds);
  expect(segments).toHaveLength(8);
  for (const { input, position, frames, kind, index } of segments) {
    expect([kind, position, frames]).toEqual(['marker', 0, second]);
    expect(index).toBe(100_007 * input);
  }
});

test('the file begins anew without a seam', () => {
  const { problems, inputs } = judge(record([from(PERIOD_FRAMES - 20_000, second)]));
  expect(problems).toEqual([]);
  expect(inputs[0]!.glitches).toEqual([]);
});

test('buffers that the browser dropped, and silence that it put in, are counted and no fault', () => {
  const drops = [...from(0, 9000), ...from(9000 + 3 * DEVICE_BUFFER_FRAMES, 9000)];
  const puts = [...from(500, 9000), ...silence(2 * DEVICE_BUFFER_FRAMES), ...from(9500, 8118)];
  const { problems, inputs } = judge(record([drops, puts]));
  expect(problems).toEqual([]);
  expect(inputs.map(({ lostFrames, silentFrames }) => [lostFrames, silentFrames])).toEqual([
    [3 * DEVICE_BUFFER_FRAMES, 0],
    [0, 2 * DEVICE_BUFFER_FRAMES],
  ]);
});

test('a frame that the clock passed over is no silence of the browser', () => {
  const feed = [...from(0, 9000), ...silence(128), ...from(9000, 9000)];
  const { problems } = judge(
    record([feed], ({ frames }) => ({
      frames: { ...frames, received: frames.received - 128, missed: 128 },
    })),
  );
  expect(problems).toEqual([]);
});

test.each([
  {
    name: 'one sample that is missing',
    feed: [...from(0, 9000), ...from(9001, 9000)],
    problem: /input 0: 1 are missing before frame 900\d, which no whole buffer explains/,
  },
  {
    name: 'one sample that came twice',
    feed: [...from(0, 9000), ...from(8999, 9000)],
    problem: /input 0: 1 samples came twice before frame 900\d, which no whole buffer explains/,
  },
  {
    name: 'a sample too few in a dropped buffer',
    feed: [...from(0, 9000), ...from(9000 + DEVICE_BUFFER_FRAMES - 1, 9000)],
    problem: /input 0: 440 are missing/,
  },
  {
    name: 'a quantum of silence that nobody counted',
    feed: [...from(0, 9000), ...silence(128), ...from(9128, 9000)],
    problem: /input 0: 128 silent frames, which no whole buffers explain/,
  },
  {
    name: 'more lost buffers than were declared',
    feed: [...from(0, second), ...from(second + 20 * DEVICE_BUFFER_FRAMES, 4 * second)],
    problem: /captureLossMs grew by 0\.0 ms, but 200\.0 ms were lost/,
  },
  { name: 'no marker at all', feed: silence(second), problem: /input 0: no marker was found/ },
])('$name is found', ({ feed, problem }) => {
  const { problems } = judge(record([feed]));
  expect(problems.join('\n')).toMatch(problem);
});

test('a single wrong sample is found', () => {
  const spoil = (left: Float32Array) => void (left[20_000] = 0.2);
  const { problems, unaccounted } = judge(record([from(0, second)], undefined, spoil));
  expect(unaccounted).toBe(1);
  expect(problems).toEqual(['input 0: 1 frames are neither marker nor silence']);
});

test('a sample of the other sign is found', () => {
  const spoil = (left: Float32Array) => void (left[20_000] = -left[20_000]!);
  const { unaccounted, problems } = judge(record([from(0, second)], undefined, spoil));
  expect(unaccounted).toBeGreaterThan(0);
  expect(problems).not.toEqual([]);
});

test.each<{ name: string; change: (record: LiveRecord) => Partial<LiveRecord>; problem: RegExp }>([
  {
    name: 'a slot that a reader forgot',
    change: ({ readers }) => ({
      readers: readers.map((reader) => ({ ...reader, delivered: reader.delivered - 1 })),
    }),
    problem: /mix: 1 slots are unaccounted for\nvoice: 1 slots/,
  },
  {
    name: 'a frame that the clock has and nobody counted',
    change: ({ running }) => ({ running: { ...running, clock: running.clock + 1 } }),
    problem: /the clock is at frame \d+, counted are \d+/,
  },
  {
    name: 'a frame that is not in the mix',
    change: ({ published }) => ({ published: { ...published, mix: published.mix - 1 } }),
    problem: /the mix has \d+ frames, the clock gave it \d+/,
  },
  {
    name: 'a loss that did not happen',
    change: ({ last }) => ({ last: { ...last, lossMs: 3 + LOSS_BOUND_MS + 1 } }),
    problem: /captureLossMs grew by 101\.0 ms, but 0\.0 ms were lost/,
  },
  {
    name: 'a loss that nobody knows',
    change: ({ last }) => ({ last: { ...last, lossMs: null } }),
    problem: /captureLossMs is not known/,
  },
  {
    name: 'a voice beside its time',
    change: ({ voice }) => ({ voice: { ...voice, maxIndexError: 1 } }),
    problem: /the voice is not the mix at its time: 1 frames off/,
  },
  {
    name: 'a voice that is too short',
    change: ({ voice }) => ({ voice: { ...voice, endMs: voice.endMs - 32 } }),
    problem: /the voice ends 52\.0 ms before the mix/,
  },
  {
    name: 'a voice that jumps',
    change: ({ voice }) => ({ voice: { ...voice, jumps: 1, maxTimestampErrorMs: 0.1 } }),
    problem: /sequence jumps 1 times\nthe voice's times are 0\.1 ms off/,
  },
  {
    name: 'a clock that is off between steps',
    change: ({ clock }) => ({ clock: { ...clock, maxResidualMs: 0.11 } }),
    problem: /the clock model is 0\.110 ms off between steps/,
  },
  {
    name: 'a right channel that is not the left one’s',
    change: () => ({ channelErrors: 1 }),
    problem: /1 frames mix up their channels/,
  },
])('$name is found', ({ change, problem }) => {
  expect(judge(record([from(0, second)], change)).problems.join('\n')).toMatch(problem);
});

test('channels that do not belong together are counted', () => {
  const decoder = new MarkerDecoder(1, 0);
  const left = mixOf([from(0, 1000)]);
  decoder.push(left, left);
  expect(decoder.channelErrors).toBe(1000);
});
