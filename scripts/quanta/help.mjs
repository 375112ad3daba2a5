// @ts-check
// What `--help` prints, made from the table of commands.
import { COMMANDS } from './commands.mjs';

/** @typedef {import('./commands.mjs').Command} Command */

export const PROGRAM = 'npm run quanta --';

const EXIT_CODES = 'Exit codes: 0 all is done, 1 a file failed, 2 the command line is wrong.';

/** @param {readonly (readonly [string, string])[]} rows */
function table(rows) {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join('\n');
}

/** @param {Command} command */
export const usageLine = ({ name, operands, options }) =>
  [
    `Usage: ${PROGRAM} ${name} ${operands}`,
    ...Object.entries(options).map(([option, { value }]) =>
      value === undefined ? `[--${option}]` : `[--${option} ${value}]`,
    ),
  ].join(' ');

/** @returns {string} */
export function programHelp() {
  const rows = COMMANDS.map(
    ({ name, operands, summary }) => /** @type {const} */ ([`${name} ${operands}`, summary]),
  );
  return `quanta: the engine without a browser, on files.

Usage: ${PROGRAM} COMMAND ...

${table(rows)}

  ${PROGRAM} COMMAND --help    what a command does, and its options
  ${PROGRAM} --version
  npm run -s quanta -- ...         prints the command's output alone, such as JSON for a program

WAV files of any length: integers of 8 to 32 bits, floats of 32 and 64 bits, RIFF and RF64.
${EXIT_CODES}
`;
}

/**
 * @param {Command} command
 * @returns {string}
 */
export function commandHelp(command) {
  const rows = Object.entries(command.options).map(
    ([name, { value, help }]) =>
      /** @type {const} */ ([value === undefined ? `--${name}` : `--${name} ${value}`, help]),
  );
  return `quanta ${command.name}: ${command.summary}.

${usageLine(command)}

${table(rows)}

${command.details}

${command.exitCodes ?? EXIT_CODES}
`;
}
