// @ts-check
// What `npm run accuracy` is asked for.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';

/**
 * @typedef {object} AccuracyOptions
 * @property {boolean} quick fewer frequencies and no peers
 * @property {string} json file for the figures
 * @property {string} html file for the report
 */

/**
 * @param {readonly string[]} args
 * @returns {AccuracyOptions}
 * @throws {CommandError}
 */
export function accuracyOptions(args) {
  const { quick, json, html } = parse(args);
  return { quick, json: fileOf(json, 'accuracy.json'), html: fileOf(html, 'accuracy.html') };
}

/**
 * @param {string | undefined} file relative to where the command was called
 * @param {string} name of the file in its usual place
 */
const fileOf = (file, name) =>
  file === undefined
    ? fromRoot('build/reports', name)
    : path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        html: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
