// @ts-check
// What a file is, for people and for programs.
import { placesOf } from './places.mjs';

/** @typedef {import('./reader.mjs').WavReader} WavReader */

/** More channels are only counted. */
const MAX_PLACES_SHOWN = 24;

/**
 * @param {number} frames
 * @param {number} rateHz
 */
const secondsOf = (frames, rateHz) => Math.round((frames / rateHz) * 1e6) / 1e6;

/** @param {WavReader} reader */
export function formatOf({ format, frames, promisedFrames }) {
  const { rateHz, channels, encoding } = format;
  return { rateHz, channels, encoding, frames, seconds: secondsOf(frames, rateHz), promisedFrames };
}

/**
 * @param {number} frames
 * @param {number} rateHz
 */
export const lengthText = (frames, rateHz) => `${(frames / rateHz).toFixed(3)} s`;

/** @param {WavReader} reader */
export function describeFormat({ format, frames }) {
  const { rateHz, channels, channelMask, encoding } = format;
  const places = placesOf(channelMask, channels).map((place) => place ?? '-');
  const count = channels === 1 ? '1 channel' : `${channels} channels`;
  const shown = channels <= MAX_PLACES_SHOWN ? ` (${places.join(' ')})` : '';
  return `${rateHz} Hz, ${count}${shown}, ${encoding}, ${lengthText(frames, rateHz)}`;
}

/** @param {WavReader} reader */
export function cutShortLines({ frames, promisedFrames }) {
  if (promisedFrames === null) return [];
  const promised = promisedFrames === 0 ? 'its header was never completed' : `of ${promisedFrames}`;
  return [`  cut short: ${frames} frames are there (${promised})`];
}

/** @param {number} count */
export const badSampleLines = (count) =>
  count > 0 ? [`  ${count} samples are no numbers and were taken as 0`] : [];
