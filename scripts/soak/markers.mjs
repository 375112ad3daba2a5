// @ts-check
// The soak's microphone: a file in which any twenty samples in a row say which ones they are.
//
// Its samples are the bits of a maximum-length sequence of 2^20 - 1 bits, in which every twenty bits
// in a row are different. So a listener knows the number of each sample that reaches it, and a
// browser's silence, which is neither of the two levels, is no sample of the file.

/** Bits that make a place in the sequence certain. */
export const WINDOW_BITS = 20;

/** Chromium's fake microphone runs at this rate, in buffers of 10 ms; so the file loops without a seam. */
export const MARKER_RATE_HZ = 44_100;
export const DEVICE_BUFFER_FRAMES = MARKER_RATE_HZ / 100;

/** Samples of the file: as many buffers as the sequence fills. */
export const PERIOD_FRAMES =
  DEVICE_BUFFER_FRAMES * Math.floor((2 ** WINDOW_BITS - 1) / DEVICE_BUFFER_FRAMES);

/** Left is at this level, right at half of it: who mixes them up is found out. */
export const PEAK = 0.25;

/**
 * The signs of all samples, 1 or -1. The sequence is that of x^20 + x^3 + 1, which is primitive
 * (Golomb, Shift Register Sequences, table of primitive trinomials).
 * @returns {Int8Array}
 */
export function markerSigns() {
  const signs = new Int8Array(PERIOD_FRAMES);
  let state = 1;
  for (let index = 0; index < PERIOD_FRAMES; index += 1) {
    signs[index] = state % 2 === 1 ? 1 : -1;
    state = (state >> 1) | ((((state >> 3) ^ state) & 1) << (WINDOW_BITS - 1));
  }
  return signs;
}

/** Shifts a sign into a window of the last ones. */
const mask = 2 ** WINDOW_BITS - 1;

/**
 * @param {number} window
 * @param {number} sign
 * @returns {number}
 */
export const pushSign = (window, sign) => ((window << 1) | (sign > 0 ? 1 : 0)) & mask;

/**
 * For every window, the index of its last sample; -1 for windows that the file does not have.
 * @param {Int8Array} signs
 * @returns {Int32Array}
 */
export function markerPlaces(signs) {
  const places = new Int32Array(2 ** WINDOW_BITS).fill(-1);
  let window = 0;
  signs.forEach((sign, index) => {
    window = pushSign(window, sign);
    if (index >= WINDOW_BITS - 1) places[window] = index;
  });
  return places;
}
