import { expect, test } from 'vitest';
import { Scope } from '../../web/lib/telemetry/scope.ts';
import { scopeBytes } from '../../web/shared/scope-ring.ts';
import { AudioEventWriter } from '../../worklet/audio-events.ts';
import { ScopeWriter } from '../../worklet/scope-writer.ts';

/** Writes one quantum for each reading of the clock. */
function write(clock: readonly number[], frames: number): Scope {
  const buffer = new SharedArrayBuffer(scopeBytes);
  const writer = new ScopeWriter(buffer, new AudioEventWriter(buffer));
  const input = [Float32Array.from({ length: frames }, (_, i) => i)];
  for (const frame of clock) writer.write(input, frames, frame);
  return new Scope(buffer);
}

test('a steady clock misses nothing', () => {
  const scope = write([896, 1024, 1152], 128);
  expect([scope.firstFrame, scope.frames, scope.missedFrames]).toEqual([896, 384, 0]);
});

test('frames that the clock passed over are missed', () => {
  const scope = write([0, 128, 768, 896], 128);
  expect([scope.frames, scope.missedFrames]).toEqual([512, 512]);
});

test('a clock that repeats itself has missed nothing when it goes on', () => {
  const scope = write([0, 128, 128, 384, 512], 128);
  expect([scope.frames, scope.missedFrames]).toEqual([640, 0]);
});

test('first frame, frames and missed frames add up to the clock beyond 2^32', () => {
  const start = 2 ** 32 - 200;
  const scope = write([start, start + 128, start + 1000], 128);
  const { firstFrame, frames, missedFrames } = scope;
  expect(firstFrame + frames + missedFrames).toBe(start + 1128);
});

test('the newest frames are the last ones written', () => {
  const scope = write([0, 4, 8], 4);
  const latest = new Float32Array(6);
  expect(scope.latest(1, latest)).toBe(12);
  expect([...latest]).toEqual([2, 3, 0, 1, 2, 3]);
});
