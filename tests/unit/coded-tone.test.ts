import { expect, test } from 'vitest';
import { codedTonesHz, unbrokenStretches } from '../support/coded-tone.ts';
import { seededRandom } from '../support/random.ts';

const rateHz = 48_000;
const frames = 2 * rateHz;
const half = frames / 2;

/** All tones at -12 dBFS, with the noise of an encoder. */
function coded(length: number): Float32Array {
  const random = seededRandom(7);
  return Float32Array.from({ length }, (_, i) =>
    codedTonesHz.reduce(
      (sum, hz) => sum + 0.25 * Math.sin((2 * Math.PI * hz * i) / rateHz),
      0.02 * (random() - 0.5),
    ),
  );
}

function joined(...parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

test('tones that go on are one stretch, from where they begin to where they end', () => {
  const silence = new Float32Array(rateHz);
  const [stretch, ...others] = unbrokenStretches(joined(silence, coded(frames), silence));
  expect(others).toEqual([]);
  expect(stretch?.startSec).toBeCloseTo(1, 1);
  expect(stretch?.seconds).toBeCloseTo(2, 1);
});

/** 2.5 ms to 320 ms: packets and pages of encoders, quanta, buffers of devices, and a few more. */
test.each([120, 256, 441, 480, 882, 960, 1152, 1920, 2304, 2880, 4800, 9600, 15_360])(
  '%i samples that are missing or come twice are found',
  (jump) => {
    const whole = coded(frames);
    const missing = joined(whole.subarray(0, half), whole.subarray(half + jump));
    const twice = joined(whole.subarray(0, half), whole.subarray(half - jump));
    for (const broken of [missing, twice]) {
      const long = unbrokenStretches(broken).filter(({ seconds }) => seconds > 0.1);
      expect(long).toHaveLength(2);
    }
  },
);
