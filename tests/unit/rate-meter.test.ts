import { expect, test } from 'vitest';
import { RateMeter } from '../../web/lib/telemetry/rate-meter.ts';

test('a steady counter reads its rate from the second reading on', () => {
  const meter = new RateMeter();
  meter.update(1000, 5, 100);
  expect(meter.perSec).toBeNull();
  meter.update(1003, 5.01, 100.01);
  expect(meter.perSec).toBeCloseTo(300, 6);
});

test('a change of rate is half way in after 0.69 s of audio', () => {
  const meter = new RateMeter();
  let count = 0;
  const run = (perSec: number, seconds: number, fromSec: number): void => {
    for (let t = 0; t < seconds; t += 0.01) {
      count += perSec / 100;
      meter.update(count, fromSec + t, fromSec + t);
    }
  };
  run(375, 5, 0);
  run(125, 0.69, 5);
  expect(meter.perSec).toBeCloseTo(250, -1);
});

test('a counter that comes in steps reads its mean, not its steps', () => {
  const meter = new RateMeter();
  for (let step = 0; step < 600; step += 1) {
    const sec = step / 60;
    meter.update(Math.floor(sec * 20) * 18.75, sec, sec);
  }
  expect(meter.perSec).toBeGreaterThan(375 * 0.98);
  expect(meter.perSec).toBeLessThan(375 * 1.02);
});

test('a stopped audio clock reads 0 after half a second', () => {
  const meter = new RateMeter();
  meter.update(0, 0, 0);
  meter.update(375, 1, 1);
  meter.update(375, 1, 1.4);
  expect(meter.perSec).toBeCloseTo(375);
  meter.update(375, 1, 1.6);
  expect(meter.perSec).toBe(0);
});

test('a counter that stops while the clock runs falls towards 0', () => {
  const meter = new RateMeter();
  for (let sec = 0; sec < 5; sec += 0.1) meter.update(sec * 375, sec, sec);
  for (let sec = 5; sec < 10; sec += 0.1) meter.update(5 * 375, sec, sec);
  expect(meter.perSec).toBeLessThan(10);
});
