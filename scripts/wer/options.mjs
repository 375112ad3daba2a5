// @ts-check
// What `npm run wer` is asked for.
import { parseArgs } from 'node:util';
import { calledPath } from '../lib/output-file.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';
import { MODEL_NAMES, modelNamed } from '../lib/speech-models.mjs';

/**
 * @typedef {object} WerOptions
 * @property {readonly string[]} models
 * @property {boolean} quick only clips of the npm packages
 * @property {string} json file for the figures
 */

/**
 * @param {readonly string[]} args
 * @returns {WerOptions}
 * @throws {CommandError}
 */
export function werOptions(args) {
  const { model, quick, json } = parse(args);
  return {
    models: model === undefined ? MODEL_NAMES : model.split(',').map(modelNamed),
    quick,
    json: json === undefined ? fromRoot('build/reports/wer.json') : calledPath(json),
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        model: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
