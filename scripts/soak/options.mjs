// @ts-check
// What `npm run soak` is asked for.
import { parseArgs } from 'node:util';
import { CommandError } from '../lib/run.mjs';

/**
 * @typedef {object} SoakOptions
 * @property {boolean} offline the engine alone, as fast as it goes
 * @property {number} minutes of a run in the browser
 * @property {number} hours of an offline run
 * @property {readonly number[]} inputs one run in the browser for each
 * @property {boolean} load whether Workers keep the machine busy meanwhile
 * @property {string | undefined} json file for the report
 */

const INPUT_COUNTS = ['1', '8'];
const MAX_MINUTES = 24 * 60;
const MAX_HOURS = 10_000;
const LIVE_OPTIONS = /** @type {const} */ (['minutes', 'inputs', 'quiet']);
const OFFLINE_OPTIONS = /** @type {const} */ (['hours']);

/**
 * @param {string} name
 * @param {string} text
 * @param {number} max
 */
function positive(name, text, max) {
  const value = Number(text);
  if (value > 0 && value <= max) return value;
  throw new CommandError(`--${name} takes a number above 0, up to ${max}, was ${text}.`);
}

/**
 * @param {readonly string[]} args
 * @returns {SoakOptions}
 * @throws {CommandError}
 */
export function soakOptions(args) {
  const { offline, ...values } = parse(args);
  const foreign = offline ? LIVE_OPTIONS : OFFLINE_OPTIONS;
  const misplaced = foreign.find((name) => values[name] !== undefined);
  if (misplaced !== undefined) {
    throw new CommandError(`--${misplaced} does not go ${offline ? 'with' : 'without'} --offline.`);
  }
  return {
    offline,
    minutes: positive('minutes', values.minutes ?? '10', MAX_MINUTES),
    hours: positive('hours', values.hours ?? '24', MAX_HOURS),
    inputs: inputCounts(values.inputs),
    load: values.quiet !== true,
    json: values.json,
  };
}

/** @param {string | undefined} inputs */
function inputCounts(inputs) {
  if (inputs === undefined) return INPUT_COUNTS.map(Number);
  if (INPUT_COUNTS.includes(inputs)) return [Number(inputs)];
  throw new CommandError(`--inputs takes ${INPUT_COUNTS.join(' or ')}, was ${inputs}.`);
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        offline: { type: 'boolean', default: false },
        minutes: { type: 'string' },
        inputs: { type: 'string' },
        quiet: { type: 'boolean' },
        hours: { type: 'string' },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
