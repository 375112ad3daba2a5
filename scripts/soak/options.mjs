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
  const { values } = parse(args);
  if (values.inputs !== undefined && !INPUT_COUNTS.includes(values.inputs)) {
    throw new CommandError(`--inputs takes ${INPUT_COUNTS.join(' or ')}, was ${values.inputs}.`);
  }
  return {
    offline: values.offline,
    minutes: positive('minutes', values.minutes, MAX_MINUTES),
    hours: positive('hours', values.hours, MAX_HOURS),
    inputs: values.inputs === undefined ? INPUT_COUNTS.map(Number) : [Number(values.inputs)],
    load: !values.quiet,
    json: values.json,
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '10' },
        inputs: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        offline: { type: 'boolean', default: false },
        hours: { type: 'string', default: '24' },
        json: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
