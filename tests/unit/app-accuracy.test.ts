import { expect, test } from 'vitest';
import { sweepFrequencies } from '../../web/app/model/accuracy-sweep.ts';
import { centsOff } from '../../web/app/model/error-figures.ts';
import { playedHz, steadyHz } from '../../web/app/model/oscillator-step.ts';

const cents = (hz: number, rateHz: number) => Math.abs(centsOff(playedHz(hz, rateHz), hz));

test('the oscillator’s step moves a tone by up to a ten-thousandth of a cent', () => {
  const worst = Math.max(
    ...Array.from({ length: 1000 }, (_, i) => cents(Math.fround(440 + i / 7), 48_000)),
  );
  expect(worst).toBeGreaterThan(5e-5);
  expect(worst).toBeLessThan(2e-4);
});

// The float nearest to 1/8000 is so far off that no choice of a frequency makes up for it.
test.each([
  [8000, 6e-5],
  [44_100, 2e-6],
  [48_000, 2e-6],
  [96_000, 2e-6],
])(
  'at %i Hz the oscillator moves no tone of a sweep by more than %d cents',
  (rateHz, limitCents) => {
    const frequencies = sweepFrequencies(60, rateHz);
    for (const hz of frequencies) {
      expect(Math.fround(hz)).toBe(hz);
      expect(cents(hz, rateHz)).toBeLessThan(limitCents);
    }
    expect(frequencies[0]).toBeCloseTo(27.5, 2);
    expect(frequencies.at(-1)! / Math.min(16_000, 0.45 * rateHz)).toBeCloseTo(1, 4);
  },
);

test('a steady frequency lies within an eighth of a cent of the one that was wanted', () => {
  for (const hz of [27.5, 440, 5000, 15_999]) {
    expect(Math.abs(centsOff(steadyHz(hz, 48_000), hz))).toBeLessThan(0.125);
  }
});
