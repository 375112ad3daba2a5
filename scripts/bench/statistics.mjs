// @ts-check
// What a set of samples says.

/**
 * @typedef {object} Summary
 * @property {number} n
 * @property {number} min
 * @property {number} mean
 * @property {number} median
 * @property {number} p95
 * @property {number} p99
 * @property {number} max
 */

/**
 * The smallest sample that at least this share of the samples does not exceed (nearest rank).
 * @param {readonly number[]} sorted ascending, one or more
 * @param {number} share above 0, at most 1
 * @returns {number}
 */
export function percentile(sorted, share) {
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) throw new RangeError('There must be one sample or more.');
  return value;
}

/**
 * The middle one, or the mean of the middle two.
 * @param {readonly number[]} sorted ascending, one or more
 */
function medianOf(sorted) {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return (percentile(sorted, 0.5) + upper) / 2;
}

/**
 * @param {readonly number[]} samples one or more
 * @returns {Summary}
 */
export function summarize(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    min: percentile(sorted, Number.EPSILON),
    mean: sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length,
    median: medianOf(sorted),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: percentile(sorted, 1),
  };
}
