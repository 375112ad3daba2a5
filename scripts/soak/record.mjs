// @ts-check
// What a soak leaves: everything that the verdict needs, as plain data.

/**
 * A stretch of one input in the mix: samples of the file in their order (`marker`), the browser's
 * silence, frames that the reader was too late for, and anything else (`unknown`).
 * @typedef {object} Segment
 * @property {number} input
 * @property {number} position of the first frame, on the mix ring
 * @property {number} frames
 * @property {'marker' | 'silence' | 'dropped' | 'unknown'} kind
 * @property {number} index of the first sample in the file; -1 if it is none
 */

/**
 * One reader's books, in slots of its ring. All of them began before slot 0.
 * @typedef {object} ReaderRecord
 * @property {string} name
 * @property {'mix' | 'voice'} ring
 * @property {number} delivered
 * @property {number} dropped
 * @property {number} pending
 */

/**
 * What was found of the voice, compared with the mix.
 * @typedef {object} VoiceRecord
 * @property {number} chunks
 * @property {number} jumps of the sequence numbers
 * @property {number} maxTimestampErrorMs against a clock that only counts samples
 * @property {number} compared stretches that were found again in the mix
 * @property {number} maxIndexError farthest place at which one was found, in frames of the mix
 * @property {number} minCorrelation lowest likeness at the place where it belongs
 * @property {number} endMs of the last chunk, on the audio clock
 */

/**
 * A look at the session's figure beside the place in the mix at that moment.
 * @typedef {object} LossReading
 * @property {number | null} lossMs
 * @property {number} position
 */

/**
 * @typedef {object} ClockRecord
 * @property {number} readings
 * @property {number} maxResidualMs
 * @property {readonly { audioSec: number, lengthMs: number }[]} steps
 * @property {number} stepsMs
 * @property {number | null} driftPpm
 * @property {number | null} driftPpmConfidence
 */

/**
 * @typedef {object} Distribution
 * @property {number} n
 * @property {number} p50
 * @property {number} p90
 * @property {number} p99
 * @property {number} max
 */

/**
 * What one run in the browser leaves.
 * @typedef {object} LiveRecord
 * @property {number} inputs
 * @property {number} rateHz
 * @property {number} quantumFrames
 * @property {number} settled position in the mix from which on all inputs were open
 * @property {{ clock: number, first: number, received: number, missed: number }} frames
 * @property {{ mix: number, voice: number }} published
 * @property {number} channelErrors frames whose channels do not belong together
 * @property {readonly Segment[]} segments
 * @property {readonly ReaderRecord[]} readers
 * @property {VoiceRecord} voice
 * @property {readonly LossReading[]} loss first and last reading
 * @property {ClockRecord} clock
 * @property {readonly number[]} handOffMs of each chunk
 * @property {readonly number[]} consumerMs of each chunk
 */

/**
 * Distribution of some readings.
 * @param {readonly number[]} values
 * @returns {Distribution | null} null where there are none
 */
export function distributionOf(values) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
