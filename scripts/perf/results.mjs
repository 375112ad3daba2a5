// @ts-check
// Samples become results.
import { summarize } from '../bench/statistics.mjs';

/** @typedef {import('./record.mjs').Result} Result */
/** @typedef {Pick<Result, 'name' | 'unit'> & Partial<Pick<Result, 'scale' | 'better'>>} Kind */

/**
 * @param {Kind} kind `plain` and lower is better unless it says otherwise
 * @param {readonly number[]} samples one or more
 * @returns {Result}
 */
export const resultOf = (kind, samples) => ({
  scale: 'plain',
  better: 'lower',
  ...kind,
  ...summarize(samples),
});

/**
 * Counts of samples between powers of the square root of 2: a bar for every 41 %.
 * @param {readonly number[]} samples
 * @returns {NonNullable<Result['histogram']>}
 */
export function histogramOf(samples) {
  const positive = samples.filter((sample) => sample > 0);
  const least = positive.reduce((a, b) => Math.min(a, b), Infinity);
  const most = positive.reduce((a, b) => Math.max(a, b), 0);
  const step = (/** @type {number} */ value) => Math.floor(2 * Math.log2(value));
  const first = positive.length === 0 ? 0 : step(least);
  const last = positive.length === 0 ? 0 : step(most);
  const bounds = Array.from({ length: last - first + 1 }, (_, i) => 2 ** ((first + i) / 2));
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const sample of samples) {
    // A bar holds its upper bound.
    const above = bounds.findIndex((bound) => sample <= bound);
    const index = above < 0 ? bounds.length : above;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { bounds, counts };
}
