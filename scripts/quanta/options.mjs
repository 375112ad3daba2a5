// @ts-check
// Options that several commands take, and the one way to read a value.
import { FileError, UsageError } from './errors.mjs';
import { offlineConstants } from './offline.gen.mjs';

const MAX_CHANNEL = offlineConstants.allChannels - 1;

/** @typedef {import('./commands.mjs').Command['options']} Options */

/** @satisfies {Options} */
export const PARTIAL = {
  partial: { type: 'boolean', help: 'take what is there of a file that is cut short' },
};

/** @satisfies {Options} */
export const JSON_OUTPUT = {
  json: { type: 'boolean', help: 'print one JSON object instead of text' },
};

/** @satisfies {Options} */
export const CHANNEL = {
  channel: {
    type: 'string',
    value: 'N',
    help: 'the channel that is taken, from 1; by default the mean of all',
  },
};

/**
 * @param {string} name
 * @param {string} text
 * @param {{ min: number, max: number }} range
 * @returns {number}
 * @throws {UsageError}
 */
export function wholeNumber(name, text, { min, max }) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(
    `--${name} takes a whole number from ${min} to ${max}, was ${text || 'nothing'}`,
  );
}

/**
 * The number of the channel that `--channel` names, from 0, or `allChannels`.
 * @param {import('./commands.mjs').Request['values']} values
 * @returns {number}
 * @throws {UsageError}
 */
export function channelOf({ channel }) {
  if (channel === undefined) return offlineConstants.allChannels;
  return wholeNumber('channel', String(channel), { min: 1, max: MAX_CHANNEL }) - 1;
}

/**
 * @param {{ channels: number }} format of a file
 * @param {number} channel as `channelOf` gives it
 * @throws {FileError}
 */
export function assertHasChannel({ channels }, channel) {
  if (channel < channels || channel === offlineConstants.allChannels) return;
  throw new FileError('no-channel', `has no channel ${channel + 1}: there are ${channels}`);
}
