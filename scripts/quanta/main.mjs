// @ts-check
// The program: finds the command, reads its options, runs it and turns the end into an exit code.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fromRoot } from '../lib/paths.mjs';
import { COMMANDS } from './commands.mjs';
import { UsageError } from './errors.mjs';
import { commandHelp, PROGRAM, programHelp, usageLine } from './help.mjs';
import { Report } from './report.mjs';

/** @typedef {import('./commands.mjs').Command} Command */

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/**
 * What the program meets outside.
 * @typedef {object} Surroundings
 * @property {import('./report.mjs').Output} output
 * @property {string} folder where the names of files begin
 * @property {(models: readonly string[]) => Promise<boolean>} prepare brings what commands need, and
 *   these models; false: that failed, as it said itself
 * @property {AbortSignal} [signal] stops a command
 */

const version = () => {
  const text = fs.readFileSync(fromRoot('package.json'), 'utf8');
  const { version: found } = /** @type {{ version: string }} */ (JSON.parse(text));
  return `quanta ${found}\n`;
};

/**
 * @param {Command} command
 * @param {readonly string[]} args
 * @returns {Pick<import('./commands.mjs').Request, 'operands' | 'values'>}
 */
function parse(command, args) {
  /** @type {Record<string, { type: 'string' | 'boolean', short?: string }>} */
  const options = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { operands: positionals, values };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's message goes on with advice on its own notation.
    const [sentence = ''] = error.message.split(/\. |\n/);
    throw new UsageError(sentence.replace(/\.$/, ''));
  }
}

/** @param {import('./commands.mjs').Request['values']} values */
const byOption = ({ json }) => json === true;

/**
 * @param {Command} command
 * @param {readonly string[]} args
 * @param {Surroundings} surroundings
 * @returns {Promise<number>}
 */
async function runCommand(command, args, { output, folder, prepare, signal }) {
  const { values, operands } = parse(command, args);
  if (values['help'] === true) {
    output.out(commandHelp(command));
    return 0;
  }
  const pathOf = (/** @type {string} */ file) => path.resolve(folder, file);
  const run = command.plan({ operands, values, pathOf });
  if (!(await prepare(command.models?.(values) ?? []))) return EXIT_FAILED;
  const { name, fileErrorExit = EXIT_FAILED, isJson = byOption } = command;
  const report = new Report(name, { asJson: isJson(values), output, fileErrorExit });
  await run({ report, ...(signal && { signal }) });
  return report.finish();
}

/**
 * @param {readonly string[]} args
 * @param {Surroundings} surroundings
 * @returns {Promise<number>}
 */
async function runProgram([name, ...args], surroundings) {
  const { out, err } = surroundings.output;
  if (name === '--version') return (out(version()), 0);
  if (name === '--help' || name === '-h') return (out(programHelp()), 0);
  if (name === undefined) return (err(programHelp()), EXIT_USAGE);
  const command = COMMANDS.find((known) => known.name === name);
  if (command) return runOrExplain(command, args, surroundings);
  err(`quanta: there is no command ${name}.\n${hint('--help')}`);
  return EXIT_USAGE;
}

/** @param {string} args */
const hint = (args) => `\`${PROGRAM} ${args}\` says what there is.\n`;

/**
 * @param {Command} command
 * @param {readonly string[]} args
 * @param {Surroundings} surroundings
 */
async function runOrExplain(command, args, surroundings) {
  try {
    return await runCommand(command, args, surroundings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const help = hint(`${command.name} --help`);
    surroundings.output.err(`quanta: ${error.message}.\n${usageLine(command)}\n${help}`);
    return EXIT_USAGE;
  }
}

/**
 * Runs the program. It never throws: what nobody foresaw ends with its message and exit code 1, and
 * an aborted command says nothing.
 * @param {readonly string[]} args
 * @param {Surroundings} surroundings
 * @returns {Promise<number>} the exit code
 */
export async function main(args, surroundings) {
  try {
    return await runProgram(args, surroundings);
  } catch (error) {
    if (surroundings.signal?.aborted !== true) {
      const message = error instanceof Error ? error.message : String(error);
      surroundings.output.err(`quanta: this is a fault of the program: ${message}\n`);
    }
    return EXIT_FAILED;
  }
}
