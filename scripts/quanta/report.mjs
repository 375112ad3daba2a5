// @ts-check
// What a command prints: a text for each file as soon as it is done, or one JSON object at the end.
import { FileError } from './errors.mjs';

/** The version of the JSON objects' form. */
export const SCHEMA = 1;

/**
 * Where a command prints.
 * @typedef {object} Output
 * @property {(text: string) => void} out
 * @property {(text: string) => void} err
 */

/**
 * A number as JSON has it: two decimals, and null for the level of nothing.
 * @param {number} value
 * @returns {number | null}
 */
export function rounded(value) {
  // Adding 0 turns -0 into 0.
  return Number.isFinite(value) ? Math.round(value * 100) / 100 + 0 : null;
}

/**
 * A number with its unit, as the texts have it.
 * @param {number} value
 * @param {string} unit
 */
export const withUnit = (value, unit) =>
  `${(rounded(value)?.toFixed(2) ?? '-inf').padStart(8)} ${unit}`;

/** The results of one command. */
export class Report {
  /** @readonly */
  #command;
  /** @readonly */
  #asJson;
  /** @readonly */
  #output;
  /**
   * @readonly
   * @type {object[]}
   */
  #entries = [];
  /** @readonly */
  #fileErrorExit;
  #exitCode = 0;

  /**
   * @param {string} command
   * @param {{ asJson: boolean, output: Output, fileErrorExit?: number }} options
   */
  constructor(command, { asJson, output, fileErrorExit = 1 }) {
    this.#command = command;
    this.#asJson = asJson;
    this.#output = output;
    this.#fileErrorExit = fileErrorExit;
  }

  /**
   * @param {string} file
   * @param {object} result for JSON
   * @param {readonly string[]} lines for people
   */
  add(file, result, lines) {
    this.#entries.push({ file, ok: true, ...result });
    if (!this.#asJson) this.#output.out(`${lines.join('\n')}\n`);
  }

  /**
   * Runs work on a file; a file that cannot be used is a result, too.
   * @param {string} file
   * @param {() => Promise<void>} work
   * @param {string} [output] the file that the work writes
   */
  async attempt(file, work, output = file) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#fail(error.code === 'unwritable' ? output : file, error);
    }
  }

  /**
   * @param {string} file
   * @param {FileError} error
   */
  #fail(file, { code, message }) {
    this.#exitCode = this.#fileErrorExit;
    this.#entries.push({ file, ok: false, error: { code, message } });
    this.#output.err(`quanta: ${file}: ${message}.\n`);
  }

  /** What was done is not what should be: exit code 1. */
  fail() {
    this.#exitCode = 1;
  }

  /** @returns {number} the exit code */
  finish() {
    if (this.#asJson) {
      const object = { schema: SCHEMA, command: this.#command, files: this.#entries };
      this.#output.out(`${JSON.stringify(object, undefined, 2)}\n`);
    }
    return this.#exitCode;
  }
}
