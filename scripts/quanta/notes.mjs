// @ts-check
// Pitches in words: equal temperament, A4 = 440 Hz.

const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
const A4_HZ = 440;
/** Of A4, where C0 is 0. */
const A4_NUMBER = 57;
const CENTS_PER_NOTE = 100;

/**
 * The nearest note and how far the frequency lies above it.
 * @param {number} hz above 0
 * @returns {{ note: string, cents: number }} -50 to 50 cents
 */
export function noteOf(hz) {
  const place = 12 * Math.log2(hz / A4_HZ);
  const nearest = Math.round(place);
  const number = nearest + A4_NUMBER;
  const name = NAMES[((number % 12) + 12) % 12];
  const cents = CENTS_PER_NOTE * (place - nearest);
  return { note: `${name}${Math.floor(number / 12)}`, cents };
}

/**
 * A small difference of frequency in cents.
 * @param {number} hz
 * @param {number} differenceHz
 */
export const centsOf = (hz, differenceHz) => (1200 * Math.log1p(differenceHz / hz)) / Math.LN2;
