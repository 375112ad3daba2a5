// @ts-check
// Options that several commands take, and the one way to read a value.
import { UsageError } from './errors.mjs';

/** @typedef {import('./commands.mjs').Command['options']} Options */

/** @satisfies {Options} */
export const PARTIAL = {
  partial: { type: 'boolean', help: 'take what is there of a file that is cut short' },
};

/** @satisfies {Options} */
export const JSON_OUTPUT = {
  json: { type: 'boolean', help: 'print one JSON object instead of text' },
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
