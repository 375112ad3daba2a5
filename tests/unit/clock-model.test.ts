import { expect, test } from 'vitest';
import { ClockModel } from '../../web/lib/telemetry/clock-model.ts';
import { seededRandom } from '../support/random.ts';

interface Run {
  readonly ppm: number;
  readonly seconds: number;
  readonly jitterMs?: number;
  readonly steps?: readonly { readonly atSec: number; readonly lengthMs: number }[];
}

function run({ ppm, seconds, jitterMs = 0.005, steps = [] }: Run): ClockModel {
  const model = new ClockModel();
  const random = seededRandom(7);
  for (let audioSec = 0; audioSec < seconds; audioSec += 0.25) {
    const stepsMs = steps
      .filter(({ atSec }) => audioSec >= atSec)
      .reduce((sum, { lengthMs }) => sum + lengthMs, 0);
    const jitter = (random() - 0.5) * 2 * jitterMs;
    model.update(audioSec, 1000 + audioSec * 1000 * (1 - ppm / 1e6) + stepsMs + jitter);
  }
  return model;
}

test.each([-200, -1, 0, 13, 200])('a drift of %i ppm is found within its interval', (ppm) => {
  const { drift } = run({ ppm, seconds: 300 });
  expect(drift!.ppmConfidence).toBeLessThan(0.2);
  expect(Math.abs(drift!.ppm - ppm)).toBeLessThan(3 * drift!.ppmConfidence + 0.05);
});

test('a step is reported with its length and leaves the drift alone', () => {
  const steps = [
    { atSec: 100, lengthMs: 177 },
    { atSec: 140, lengthMs: -12 },
  ];
  const model = run({ ppm: 50, seconds: 300, steps });
  expect(model.steps.map(({ audioSec }) => audioSec)).toEqual([100, 140]);
  expect(model.steps[0]!.lengthMs).toBeCloseTo(177, 1);
  expect(model.steps[1]!.lengthMs).toBeCloseTo(-12, 1);
  expect(model.stepsMs).toBeCloseTo(165, 1);
  expect(model.drift!.ppm).toBeCloseTo(50, 0);
  expect(Math.abs(model.residualMs)).toBeLessThan(0.05);
});

test('a reading that the browser was late with is no step', () => {
  const model = new ClockModel();
  const lateMs = new Map([
    [20, 2.25],
    [21, 0.4],
    [60, 0.16],
  ]);
  for (let audioSec = 0; audioSec < 100; audioSec += 0.25) {
    model.update(audioSec, 1000 + audioSec * 1000 + (lateMs.get(audioSec) ?? 0));
    expect(Math.abs(model.residualMs)).toBeLessThan(0.01);
  }
  expect(model.steps).toEqual([]);
  expect(model.drift!.ppm).toBeCloseTo(0, 3);
});

test('a step right behind a late reading has its own length', () => {
  const model = new ClockModel();
  for (let audioSec = 0; audioSec < 100; audioSec += 0.25) {
    const stepMs = audioSec < 50.25 ? 0 : 10;
    model.update(audioSec, 1000 + audioSec * 1000 + (audioSec === 50 ? 12 : stepMs));
  }
  expect(model.steps).toHaveLength(1);
  expect(model.steps[0]!.lengthMs).toBeCloseTo(10, 6);
});

test('steps that come with every reading are all found', () => {
  const model = new ClockModel();
  for (let audioSec = 0; audioSec < 100; audioSec += 0.25) {
    const count = Math.min(Math.max(0, (audioSec - 50) / 0.25 + 1), 20);
    const wallMs = 1000 + audioSec * 1000 + 10 * count;
    model.update(audioSec, wallMs);
    // One reading behind, no more.
    expect(Math.abs(model.toWallMs(audioSec) - wallMs)).toBeLessThan(10.1);
  }
  expect(model.steps).toHaveLength(20);
  for (const { lengthMs } of model.steps) expect(lengthMs).toBeCloseTo(10, 6);
  expect(model.drift!.ppm).toBeCloseTo(0, 3);
});

test('a small step is not smoothed away', () => {
  const model = run({ ppm: 0, seconds: 100, steps: [{ atSec: 50, lengthMs: 0.2 }] });
  expect(model.steps).toHaveLength(1);
  expect(model.stepsMs).toBeCloseTo(0.2, 1);
});

test('a moment of the audio clock has its wall time within 0.1 ms', () => {
  const model = run({ ppm: -120, seconds: 200 });
  expect(model.toWallMs(199)).toBeCloseTo(1000 + 199_000 * (1 + 120 / 1e6), 1);
});

test('there is no drift before there are readings enough', () => {
  expect(new ClockModel().drift).toBeNull();
  expect(run({ ppm: 0, seconds: 1 }).drift).toBeNull();
});

test('a reading that does not move the audio clock is not a reading', () => {
  const model = run({ ppm: 0, seconds: 10 });
  const before = model.drift;
  model.update(9.75, 99_999);
  expect(model.drift).toEqual(before);
  expect(model.steps).toEqual([]);
});

test('a clock that was held on purpose made no step', () => {
  const model = run({ ppm: 50, seconds: 100 });
  const before = model.toWallMs(100);
  model.hold();
  for (let audioSec = 100; audioSec < 200; audioSec += 0.25) {
    model.update(audioSec, 6000 + 1000 + audioSec * 1000 * (1 - 50 / 1e6));
  }
  expect(model.steps).toEqual([]);
  expect(model.stepsMs).toBe(0);
  expect(model.toWallMs(100) - before).toBeCloseTo(6000, 1);
  expect(model.drift!.ppm).toBeCloseTo(50, 0);
});
