// @ts-check
// Numbers of 16 bits as wasm/voice/short_float.h reads them: integers of a unit.

const HIDDEN = 2 ** 12;
const LARGEST_EXPONENT = 7;

/** The largest one. */
export const LARGEST_SHORT_FLOAT = (2 * HIDDEN - 1) * 2 ** (LARGEST_EXPONENT - 1);

/** @param {number} x at least 0 */
function roundHalfToEven(x) {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/**
 * The bits of the nearest number of 16 bits, ties to even.
 * @param {number} value in units
 * @returns {number}
 * @throws {RangeError} where it is above the largest
 */
export function shortFloatBits(value) {
  const magnitude = Math.abs(value);
  if (!(magnitude <= LARGEST_SHORT_FLOAT)) throw new RangeError(`${value} is too large.`);
  let exponent = 1;
  while (magnitude >= 2 * HIDDEN * 2 ** (exponent - 1)) exponent += 1;
  const mantissa = roundHalfToEven(magnitude / 2 ** (exponent - 1));
  // Without the hidden bit it is subnormal; a carry out of the mantissa runs into the exponent.
  const bits = exponent * HIDDEN + mantissa - HIDDEN;
  return value < 0 ? bits | 0x8000 : bits;
}

/**
 * The value of one, in units.
 * @param {number} bits
 * @returns {number}
 */
export function shortFloatValue(bits) {
  const exponent = Math.floor(bits / HIDDEN) & LARGEST_EXPONENT;
  const mantissa = bits % HIDDEN;
  const magnitude = exponent === 0 ? mantissa : (HIDDEN + mantissa) * 2 ** (exponent - 1);
  return bits < 0x8000 ? magnitude : -magnitude;
}
