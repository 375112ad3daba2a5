// @ts-check
// What a file is, for people and for programs.
import { placesOf } from './places.mjs';

/**
 * What is told of an open file.
 * @typedef {object} AudioFile
 * @property {{ rateHz: number, channels: number, channelMask: number, encoding: string }} format
 * @property {number} frames that can be read
 * @property {number | null} promisedFrames what it says, where that is not what is there; 0: it does not
 *   say how many are missing
 * @property {(planes: readonly Float32Array[]) => Promise<number>} read fills the planes from their
 *   start; the frames read, 0 at the end
 */

/** More channels are only counted. */
const MAX_PLACES_SHOWN = 24;

/**
 * @param {number} frames
 * @param {number} rateHz
 */
const secondsOf = (frames, rateHz) => Math.round((frames / rateHz) * 1e6) / 1e6;

/** @param {AudioFile} reader */
export function formatOf({ format, frames, promisedFrames }) {
  const { rateHz, channels, encoding } = format;
  return { rateHz, channels, encoding, frames, seconds: secondsOf(frames, rateHz), promisedFrames };
}

/**
 * @param {number} frames
 * @param {number} rateHz
 */
export const lengthText = (frames, rateHz) => `${(frames / rateHz).toFixed(3)} s`;

/** @param {AudioFile} reader */
export function describeFormat({ format, frames }) {
  const { rateHz, channels, channelMask, encoding } = format;
  const places = placesOf(channelMask, channels).map((place) => place ?? '-');
  const count = channels === 1 ? '1 channel' : `${channels} channels`;
  const shown = channels <= MAX_PLACES_SHOWN ? ` (${places.join(' ')})` : '';
  return `${rateHz} Hz, ${count}${shown}, ${encoding}, ${lengthText(frames, rateHz)}`;
}

/** @param {AudioFile} reader */
export function cutShortLines({ frames, promisedFrames }) {
  if (promisedFrames === null) return [];
  const promised = promisedFrames === 0 ? 'its header was never completed' : `of ${promisedFrames}`;
  return [`  cut short: ${frames} frames are there (${promised})`];
}

/** @param {number} count */
export const badSampleLines = (count) =>
  count > 0 ? [`  ${count} samples are no numbers and were taken as 0`] : [];
