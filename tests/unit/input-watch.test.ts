import { expect, test } from 'vitest';
import { type AudioEvent, AudioEventReader } from '../../web/lib/glitches/audio-events.ts';
import { constants, inputWatchWord, watchSizes } from '../../web/shared/layout.gen.ts';
import { scopeBytes } from '../../web/shared/scope-ring.ts';
import { watchViews } from '../../web/shared/watch-words.ts';
import { AudioEventWriter } from '../../worklet/audio-events.ts';
import { InputWatch } from '../../worklet/input-watch.ts';
import { ScopeWriter } from '../../worklet/scope-writer.ts';
import { Scope } from '../../web/lib/telemetry/scope.ts';

const quantum = 128;
const sound = [new Float32Array(quantum).fill(0.1)];
const zeros = [new Float32Array(quantum), new Float32Array(quantum)];
const absent: Float32Array[] = [];
/** Nothing but its last sample: the least that is sound. */
const almost = [new Float32Array(quantum), Float32Array.from(zeros[0]!).fill(1e-30, quantum - 1)];

function watched(input: number, quanta: readonly (readonly Float32Array[])[]) {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const reader = new AudioEventReader(buffer);
  const watch = new InputWatch(buffer, new AudioEventWriter(buffer));
  quanta.forEach((channels, i) => {
    const inputs = Array.from({ length: constants.inputs }, (_, n) =>
      n === input ? channels : absent,
    );
    watch.observe(inputs, quantum, 1000 + i * quantum);
  });
  const word = (index: number): number =>
    watchViews(buffer).inputs[input * watchSizes.input + index]!;
  return {
    absentFrames: word(inputWatchWord.absentFrames) - 1,
    zeroFrames: word(inputWatchWord.zeroFrames) - 1,
    ...reader.read(),
  };
}

test('an input with sound has been silent for no frame', () => {
  expect(watched(3, [sound, sound])).toEqual({
    absentFrames: 0,
    zeroFrames: 0,
    events: [],
    lost: 0,
  });
});

test('an input that never had a channel says so', () => {
  expect(watched(3, [absent, absent])).toMatchObject({ absentFrames: -1, zeroFrames: -1 });
});

test('zeros are counted from the last sound on, and their end is an event of exact length', () => {
  expect(watched(7, [sound, zeros, zeros])).toMatchObject({ absentFrames: 0, zeroFrames: 256 });
  const gap: AudioEvent = { kind: 'zeroRun', input: 7, frame: 1128, frames: 256 };
  expect(watched(7, [sound, zeros, zeros, almost]).events).toEqual([gap]);
});

test('silence before the first sound is no event', () => {
  expect(watched(0, [zeros, zeros, sound]).events).toEqual([]);
});

test('an input that is gone for some quanta is one event', () => {
  const gap: AudioEvent = { kind: 'absent', input: 0, frame: 1128, frames: 384 };
  expect(watched(0, [sound, absent, absent, absent, sound])).toMatchObject({
    absentFrames: 0,
    events: [gap],
  });
});

test('counts stop growing where they would make garbage', () => {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const watch = new InputWatch(buffer, new AudioEventWriter(buffer));
  watch.observe([sound], quantum, 0);
  watchViews(buffer).inputs[inputWatchWord.zeroFrames] = constants.maxWatchFrames;
  watch.observe([zeros], quantum, quantum);
  watch.observe([zeros], quantum, 2 * quantum);
  expect(watchViews(buffer).inputs[inputWatchWord.zeroFrames]).toBe(constants.maxWatchFrames + 1);
});

test('a clock that jumps leaves each gap with its frame, beyond 2^32 as well', () => {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const reader = new AudioEventReader(buffer);
  const writer = new ScopeWriter(buffer, new AudioEventWriter(buffer));
  const start = 2 ** 32 - 128;
  for (const frame of [start, start + 512, start + 640, start + 1024]) {
    writer.write(sound, quantum, frame);
  }
  expect(reader.read().events).toEqual([
    { kind: 'missed', input: 0, frame: start + 128, frames: 384 },
    { kind: 'missed', input: 0, frame: start + 768, frames: 256 },
  ]);
  expect(reader.read()).toEqual({ events: [], lost: 0 });
});

test('a processor that comes after another one counts what lay between as missed', () => {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const first = new ScopeWriter(buffer, new AudioEventWriter(buffer));
  first.write(sound, quantum, 256);
  const reader = new AudioEventReader(buffer);
  const second = new ScopeWriter(buffer, new AudioEventWriter(buffer));
  second.write(sound, quantum, 1024);
  const { firstFrame, frames, missedFrames } = new Scope(buffer);
  expect([firstFrame, frames, missedFrames]).toEqual([256, 256, 640]);
  expect(reader.read().events).toEqual([{ kind: 'missed', input: 0, frame: 384, frames: 640 }]);
});

test('events that were overwritten before they were read are counted', () => {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const reader = new AudioEventReader(buffer);
  const writer = new AudioEventWriter(buffer);
  const pushed = constants.audioEvents + 10;
  for (let i = 0; i < pushed; i += 1) writer.push(1, 0, i, 1);
  const { events, lost } = reader.read();
  expect(events.length + lost).toBe(pushed);
  expect(events.at(-1)!.frame).toBe(pushed - 1);
  expect(events.map(({ frame }) => frame)).toEqual(
    Array.from({ length: events.length }, (_, i) => lost + i),
  );
});

test('a count of events that wraps loses none', () => {
  const buffer = new SharedArrayBuffer(scopeBytes);
  watchViews(buffer).words[0] = -2;
  const reader = new AudioEventReader(buffer);
  const writer = new AudioEventWriter(buffer);
  for (let i = 0; i < 5; i += 1) writer.push(1, 0, i, 1);
  expect(reader.read().events.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4]);
});
