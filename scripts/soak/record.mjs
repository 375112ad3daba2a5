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
 * @property {number} jumps of the sequence numbers, beside what the reader dropped
 * @property {number} maxTimestampErrorMs against a clock that only counts samples
 * @property {number} compared stretches that were found again in the mix
 * @property {number} maxIndexError farthest place at which one was found, in frames of the mix
 * @property {number} minCorrelation lowest likeness at the place where it belongs
 * @property {number} endMs of the last chunk, on the audio clock
 */

/**
 * A look at the session's figures beside the place in the mix at that moment.
 * @typedef {object} Reading
 * @property {number | null} lossMs
 * @property {number} position
 * @property {number} missedFrames of the clock so far
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
 * @property {{ clock: number, first: number, received: number, missed: number }} running the clock in
 *   frames, while it ran
 * @property {{ first: number, received: number, missed: number }} frames when it was held
 * @property {{ mix: number, voice: number }} published
 * @property {number} channelErrors frames whose channels do not belong together
 * @property {readonly Segment[]} segments
 * @property {readonly ReaderRecord[]} readers
 * @property {VoiceRecord} voice
 * @property {Reading} first when the measurement began
 * @property {Reading} last when it ended
 * @property {ClockRecord} clock
 * @property {readonly number[]} handOffMs of each chunk
 * @property {readonly number[]} consumerMs of each chunk
 */

/**
 * Where counters begin: the context's clock, the slots of both rings, the slots of the queues.
 * @typedef {object} Start
 * @property {number} frame
 * @property {number} mix
 * @property {number} voice
 * @property {number} queues
 */

/**
 * @typedef {object} OfflineOptions
 * @property {Uint8Array<ArrayBuffer>} bytes of `engine.wasm`
 * @property {number} frames of the audio clock to run for, at 48 kHz
 * @property {Start} start
 * @property {number} [seed]
 * @property {(frames: number) => void} [progress] called every ten minutes of audio
 * @property {(channels: readonly Float32Array[], frame: number) => readonly Float32Array[]} [spoil]
 *   changes what the engine is fed with, so that a test sees it found out
 */

/**
 * What an offline run leaves.
 * @typedef {object} OfflineRecord
 * @property {number} rateHz
 * @property {Start} start
 * @property {number} frames of the audio clock
 * @property {number} quanta
 * @property {number} gaps of the clock
 * @property {number} gapFrames
 * @property {{ sent: number, answered: number, wrong: number }} commands
 * @property {{ mix: number, voice: number }} published slots since the start
 * @property {{ quanta: number, frames: number, gapFrames: number, droppedFrames: number,
 *   badSamples: number }} counted by the engine
 * @property {readonly ReaderRecord[]} readers
 * @property {{ mixFrames: number, voiceChunks: number, voiceTimes: number, voiceIndex: number }} wrong
 *   what the readers found
 * @property {number} comparedChunks
 * @property {number} minCorrelation
 * @property {readonly string[]} problems promises that were not kept
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
