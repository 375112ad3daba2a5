import { describe, expect, test } from 'vitest';
import { niceStep, ticks } from '../../web/app/draw/axis.ts';
import { layColumns, makeEnvelope, measureColumns } from '../../web/app/draw/envelope.ts';
import { meterPosition } from '../../web/app/draw/meter-scale.ts';
import { PeakHold } from '../../web/app/draw/peak-hold.ts';
import { chooseStretch } from '../../web/app/draw/stretch.ts';
import { findTrigger } from '../../web/app/draw/trigger.ts';
import { fullScales, nextStep, spanFrames, spansMs } from '../../web/app/draw/zoom.ts';
import { noise, seededRandom } from '../support/random.ts';

const sineAt = (frequency: number, rateHz: number, firstFrame: number, frames: number) =>
  Float32Array.from({ length: frames }, (_, index) =>
    Math.sin((2 * Math.PI * frequency * (firstFrame + index)) / rateHz),
  );

describe('the envelope', () => {
  test('covers every frame exactly once, whatever the width of a column', () => {
    const samples = noise(1000, seededRandom(3));
    for (const framesPerColumn of [1, 1.37, 7, 11.07]) {
      const columns = Math.floor(1000 / framesPerColumn);
      const envelope = makeEnvelope(columns);
      measureColumns(samples, 0, { startFrame: 0, framesPerColumn }, envelope);
      const covered = samples.subarray(0, Math.ceil(columns * framesPerColumn));
      expect(Math.max(...envelope.high)).toBe(Math.max(...covered));
      expect(Math.min(...envelope.low)).toBe(Math.min(...covered));
    }
  });

  test('keeps a column as it was while the stream goes on', () => {
    const stream = noise(4000, seededRandom(4));
    const framesPerColumn = 9.73;
    const columns = 100;
    const pictures = new Map<number, number>();
    let compared = 0;
    for (const end of [2000, 2128, 2256, 2300, 3001]) {
      const grid = layColumns(end, columns, framesPerColumn);
      const envelope = makeEnvelope(columns);
      measureColumns(stream.subarray(end - 1200, end), end - 1200, grid, envelope);
      const first = Math.round(grid.startFrame / framesPerColumn);
      envelope.high.forEach((high, index) => {
        const before = pictures.get(first + index);
        if (before !== undefined) compared += 1;
        expect(before ?? high).toBe(high);
        pictures.set(first + index, high);
      });
    }
    expect(compared).toBeGreaterThan(columns);
  });

  test('never reaches past the newest frame', () => {
    for (const end of [1, 99, 1000, 48_000.5]) {
      const { startFrame } = layColumns(end, 10, 7.3);
      expect(startFrame + 10 * 7.3).toBeLessThanOrEqual(end + 1e-9);
      expect(startFrame + 11 * 7.3).toBeGreaterThan(end);
    }
  });

  test('is silent where the stream had not begun', () => {
    const envelope = makeEnvelope(4);
    measureColumns(Float32Array.of(0.5, 0.5), 0, { startFrame: -6, framesPerColumn: 2 }, envelope);
    expect([...envelope.high]).toEqual([0, 0, 0, 0.5]);
    expect([...envelope.low]).toEqual([0, 0, 0, 0.5]);
  });
});

describe('the trigger', () => {
  test('holds a tone still: the same phase, wherever the newest frame lies', () => {
    const rateHz = 48_000;
    const frequency = 443.7;
    for (let firstFrame = 0; firstFrame < 2000; firstFrame += 128) {
      const samples = sineAt(frequency, rateHz, firstFrame, 4000);
      const at = findTrigger(samples, 1, 3000);
      expect(at).toBeGreaterThan(3000 - rateHz / frequency - 1);
      const cycles = (frequency * (firstFrame + at)) / rateHz;
      expect(Math.abs(cycles - Math.round(cycles))).toBeLessThan(1e-4);
    }
  });

  test('is not taken in by noise round zero', () => {
    const samples = sineAt(50, 48_000, 0, 4000);
    const quiet = noise(4000, seededRandom(5));
    const noisy = samples.map((sample, index) => sample + 0.02 * quiet[index]!);
    const at = findTrigger(noisy, 1, 3500);
    const cycles = (50 * at) / 48_000;
    expect(Math.abs(cycles - Math.round(cycles))).toBeLessThan(0.02);
  });

  test('takes the newest place when there is no crossing', () => {
    expect(findTrigger(new Float32Array(100), 1, 80)).toBe(80);
    expect(findTrigger(new Float32Array(100).fill(0.5), 1, 80)).toBe(80);
  });
});

describe('the stretch that is shown', () => {
  const samples = sineAt(440, 48_000, 0, 16_384);

  test('lies within the frames at hand', () => {
    for (const spanMs of spansMs) {
      const { startFrame, frames } = chooseStretch(samples, 100_000, 48_000, spanMs);
      expect(startFrame).toBeGreaterThanOrEqual(100_000 - samples.length);
      expect(startFrame + frames).toBeLessThanOrEqual(100_000);
    }
  });

  test('waits for a crossing when it is short, and follows the newest frame when it is long', () => {
    expect(chooseStretch(samples, 100_000, 48_000, 20).triggered).toBe(true);
    const long = chooseStretch(samples, 100_000, 48_000, 200);
    expect(long).toEqual({ startFrame: 100_000 - 9600, frames: 9600, triggered: false });
  });

  test('follows the newest frame when a low tone at a high rate leaves no room to wait', () => {
    const all = chooseStretch(samples, 100_000, 384_000, 50);
    expect(all).toEqual({ startFrame: 100_000 - 16_384, frames: 16_384, triggered: false });
  });
});

test('steps of an axis are 1, 2 or 5 and no more than asked for', () => {
  expect(niceStep(100, 10)).toBe(10);
  expect(niceStep(100, 9)).toBe(20);
  expect(niceStep(341, 8)).toBe(50);
  expect(niceStep(2, 8)).toBeCloseTo(0.5, 12);
  for (let span = 0.1; span < 1000; span *= 1.37)
    expect(span / niceStep(span, 8)).toBeLessThan(8.01);
});

test('ticks are round numbers that include both ends', () => {
  expect(ticks(-341, 0, 100)).toEqual([-300, -200, -100, 0]);
  expect(ticks(0, 20, 5)).toEqual([0, 5, 10, 15, 20]);
  expect(Object.is(ticks(-1, 0, 1)[1], 0)).toBe(true);
});

test('a peak is held, then falls, and a higher one takes its place at once', () => {
  const hold = new PeakHold();
  expect(hold.update(-6, 0)).toBe(-6);
  expect(hold.update(-40, 1500)).toBe(-6);
  expect(hold.update(-40, 2000)).toBeCloseTo(-16, 9);
  expect(hold.update(-3, 2100)).toBe(-3);
  hold.reset();
  expect(hold.update(-Infinity, 2200)).toBe(-Infinity);
});

test('the meter ends where its scale does', () => {
  expect(meterPosition(0)).toBe(1);
  expect(meterPosition(6)).toBe(1);
  expect(meterPosition(-30)).toBe(0.5);
  expect(meterPosition(-Infinity)).toBe(0);
});

test('zooming stops at both ends', () => {
  expect(nextStep(spansMs, Infinity, 1)).toBe(Infinity);
  expect(nextStep(spansMs, Infinity, -1)).toBe(200);
  expect(nextStep(fullScales, 1, -1)).toBe(1);
  expect(spanFrames(20, 48_000, 16_384)).toBe(960);
  expect(spanFrames(Infinity, 48_000, 16_384)).toBe(16_384);
  expect(spanFrames(2, 192_000, 16_384)).toBe(384);
});
