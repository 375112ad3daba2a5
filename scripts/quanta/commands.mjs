// @ts-check
// Every command of `quanta`. A new one is a module beside these, and a line here.
import { analyze } from './analyze.mjs';
import { delay } from './delay.mjs';
import { meter } from './meter.mjs';
import { replay } from './replay.mjs';
import { resample } from './resample.mjs';
import { transcribe } from './transcribe.mjs';
import { vad } from './vad.mjs';

/**
 * What was typed behind the command's name.
 * @typedef {object} Request
 * @property {readonly string[]} operands
 * @property {Readonly<Record<string, string | boolean | undefined>>} values of the options
 * @property {(file: string) => string} pathOf the path of a file, from its name as typed
 */

/**
 * What a command works with.
 * @typedef {object} Job
 * @property {import('./report.mjs').Report} report
 * @property {AbortSignal} [signal] when it is aborted, the command stops and leaves nothing behind
 */

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} operands as in the usage line
 * @property {string} summary one line
 * @property {string} details what `--help` says besides
 * @property {Record<string, { type: 'string' | 'boolean', value?: string, help: string }>} options
 * @property {string} [exitCodes] where they mean something else than usual
 * @property {number} [fileErrorExit] exit code for a file that cannot be used; default 1
 * @property {(values: Request['values']) => boolean} [isJson] whether JSON is asked for; default: by
 *   `--json`
 * @property {(values: Request['values']) => readonly string[]} [models] of speech to text, which it needs
 * @property {(request: Request) => (job: Job) => Promise<void>} plan throws a UsageError for what
 *   cannot be carried out, and returns what is to be done; that reports the files it cannot use
 */

/** @type {readonly Command[]} */
export const COMMANDS = [meter, resample, analyze, delay, replay, vad, transcribe];
