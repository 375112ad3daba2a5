/** The A-weighting of IEC 61672-1:2013, annex E, equations E.1 to E.8. */

// The pole frequencies in hertz. The standard derives them from two conditions on the curve and gives
// these rounded values, from which its table to a tenth of a decibel follows.
const f1 = 20.6;
const f2 = 107.7;
const f3 = 737.9;
const f4 = 12_194;

// The response at 1 kHz, so that the weighting there is 0.
const normalDb = rawDb(1000);

/** What the weighting adds to a level, in decibels; `-Infinity` at 0 Hz. */
export function aWeightingDb(hz: number): number {
  return rawDb(hz) - normalDb;
}

function rawDb(hz: number): number {
  const squared = hz * hz;
  const below = (squared + f1 ** 2) * Math.sqrt((squared + f2 ** 2) * (squared + f3 ** 2));
  return 20 * Math.log10((f4 ** 2 * squared * squared) / (below * (squared + f4 ** 2)));
}
