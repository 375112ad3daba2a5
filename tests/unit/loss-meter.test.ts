import { expect, test } from 'vitest';
import { LossMeter } from '../../web/lib/telemetry/loss-meter.ts';

const readingMs = 250;
const bufferMs = 10;

/** A device and a graph that count in buffers of ten milliseconds, in different phases. */
function run(meter: LossMeter, seconds: number, lostMs: (ms: number) => number, fromMs = 0): void {
  for (let ms = fromMs; ms < fromMs + seconds * 1000; ms += readingMs) {
    const jitter = (ms * 7) % 13;
    const delivered = Math.floor((ms + 3 + jitter) / bufferMs) * bufferMs;
    const received = Math.floor((ms - lostMs(ms) - 31 + jitter / 2) / bufferMs) * bufferMs;
    meter.update(delivered, received);
  }
}

test('audio that the browser dropped is counted, and bursts are not', () => {
  const meter = new LossMeter();
  run(meter, 60, () => 0);
  expect(meter.lossMs).toBe(0);
  run(meter, 60, (ms) => (ms > 80_000 ? 1870 : 0), 60_000);
  expect(meter.lossMs).toBe(1870);
});

test('nothing is known before there are readings enough', () => {
  const meter = new LossMeter();
  run(meter, 1, () => 0);
  expect(meter.lossMs).toBeNull();
});

test('what the device delivers while the graph is held is not lost', () => {
  const meter = new LossMeter();
  run(meter, 10, (ms) => (ms > 5000 ? 50 : 0));
  meter.hold();
  expect(meter.lossMs).toBe(50);
  run(meter, 10, () => 9000, 10_000);
  expect(meter.lossMs).toBe(50);
});
