// @ts-check
// The delay between two long signals, part by part.
import { offlineConstants } from './offline.gen.mjs';

/** @typedef {import('./engine.mjs').OfflineEngine} OfflineEngine */
/** @typedef {import('./engine.mjs').DelayReadings} DelayReadings */

/**
 * A signal from its beginning: fills the array, with zeros behind its end.
 * @typedef {{ frames: number, fill: (target: Float32Array) => Promise<void> }} Signal
 */

/**
 * @typedef {object} Delay
 * @property {number} frames
 * @property {number} errorFrames
 * @property {number} coherence
 * @property {boolean} inverted
 */

/** Parts whose delays lie farther apart are not about the same sound. */
const SAME_FRAMES = 0.5;
const SAME_ERRORS = 5;

/**
 * How long the parts are: the longer signal in one, if it fits.
 * @param {number} frames of the longer signal
 */
export function partFrames(frames) {
  const { minDelayFrames: min, maxDelayFrames: max } = offlineConstants;
  return Math.min(max, Math.max(min, 2 ** Math.ceil(Math.log2(frames))));
}

/**
 * The largest delay that is looked for.
 * @param {number} frames of a part
 */
export const maxDelayOf = (frames) => frames / 2 - 1;

/**
 * @param {OfflineEngine} engine
 * @param {Signal} first
 * @param {Signal} second
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<DelayReadings>} for each part of the first signal
 */
export async function* delayParts(engine, first, second, signal) {
  const frames = partFrames(Math.max(first.frames, second.frames));
  const maxDelay = maxDelayOf(frames);
  const part = engine.delay(frames, maxDelay);
  await second.fill(part.second.subarray(frames + maxDelay));
  for (let start = 0; start < first.frames; start += frames) {
    signal?.throwIfAborted();
    part.second.copyWithin(0, frames);
    await first.fill(part.first);
    await second.fill(part.second.subarray(-frames));
    yield part.measure();
  }
}

/**
 * @param {DelayReadings} a
 * @param {DelayReadings} b
 */
function agree(a, b) {
  const reach = Math.max(SAME_FRAMES, SAME_ERRORS * Math.hypot(a.errorFrames, b.errorFrames));
  return a.inverted === b.inverted && Math.abs(a.frames - b.frames) <= reach;
}

/**
 * The mean of the parts that agree with the surest one, weighted by their errors. Where they scatter
 * by more than these, the error is that of their scatter (R. T. Birge, "The calculation of errors by
 * the method of least squares", Physical Review 40, 1932).
 * @param {readonly DelayReadings[]} parts
 * @returns {Delay & { agreeingParts: number } | null} null: there is nothing in common
 */
export function combine(parts) {
  const found = parts.filter((part) => part.found === 1);
  if (found.length === 0) return null;
  const best = found.reduce((a, b) => (b.errorFrames < a.errorFrames ? b : a));
  const agreeing = found.filter((part) => agree(part, best));
  const weights = agreeing.map(({ errorFrames }) => errorFrames ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  /** @param {(part: DelayReadings) => number} value */
  const mean = (value) =>
    agreeing.reduce((sum, part, i) => sum + Number(weights[i]) * value(part), 0) / total;
  const frames = mean((part) => part.frames);
  const scatter = total * mean((part) => (part.frames - frames) ** 2);
  const birge = Math.max(1, scatter / Math.max(1, agreeing.length - 1));
  return {
    frames,
    errorFrames: Math.sqrt(birge / total),
    coherence: mean((part) => part.coherence),
    inverted: best.inverted === 1,
    agreeingParts: agreeing.length,
  };
}
