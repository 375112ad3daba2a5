// @ts-check
// What a run of the whole pipeline leaves: its books, as plain data.

/**
 * What is switched on.
 * @typedef {object} FeatureSet
 * @property {boolean} effects every effect of the first input's strip, and the limiter
 * @property {boolean} analysis of the mix, at a hop of 2048
 * @property {boolean} push two push inputs, one of them resampled
 * @property {boolean} voice detection on the audio thread, in the mix
 * @property {boolean} listeners two of the mix and two of the voice, each in a Worker
 */

/** @type {FeatureSet} */
const none = { effects: false, analysis: false, push: false, voice: false, listeners: false };

/** @type {Readonly<Record<'bare' | 'mixer' | 'effects' | 'analysis' | 'voice' | 'all', FeatureSet>>} */
export const FEATURE_SETS = {
  bare: none,
  mixer: { ...none, push: true },
  effects: { ...none, effects: true },
  analysis: { ...none, analysis: true },
  voice: { ...none, voice: true },
  all: { effects: true, analysis: true, push: true, voice: true, listeners: true },
};

/**
 * One listener's books, in slots of its ring, since it began.
 * @typedef {object} ListenerBooks
 * @property {string} name
 * @property {'mix' | 'voice'} ring
 * @property {number} published
 * @property {number} delivered
 * @property {number} dropped
 * @property {number} pending
 */

/**
 * One push input's books, in the source's frames.
 * @typedef {object} PushBooks
 * @property {number} input
 * @property {number} offered by the source
 * @property {number} pushed into the ring
 * @property {number} droppedByProducer
 * @property {number} taken by the engine, what it skipped included
 * @property {number} inRing when the clock was held
 * @property {number} underruns
 */

/**
 * @typedef {object} LabRecord
 * @property {number} rateHz
 * @property {number} quantumFrames
 * @property {{ kind: string, status: string, reason: string | null }} engine
 * @property {{ clock: number, first: number, received: number, missed: number }} clock in frames,
 *   while it ran
 * @property {{ received: number, missed: number }} frames when it was held
 * @property {{ quanta: number, frames: number, gapFrames: number, droppedFrames: number,
 *   badSamples: number }} counted by the engine
 * @property {{ mix: number, voice: number }} published
 * @property {number} judgedChunks of the voice, by the voice detector
 * @property {readonly ListenerBooks[]} listeners
 * @property {readonly PushBooks[]} pushes
 * @property {{ beforePages: number, afterPages: number, sealed: boolean }} memory of the engine;
 *   `sealed`: the browser refuses one page more
 * @property {readonly number[]} handOffMs of each chunk, to the first listener of the voice
 */
