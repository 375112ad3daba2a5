// @ts-check
// Files that a command is told to write.
import fs from 'node:fs';
import path from 'node:path';

/**
 * A file as the reader named it: relative to where the command was called.
 * @param {string} file
 */
export const calledPath = (file) => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);

/**
 * @param {string} file absolute
 * @param {string} text
 */
export function writeOutput(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  console.log(file);
}

/**
 * @param {unknown} data
 * @returns {string}
 */
export const jsonText = (data) => `${JSON.stringify(data, undefined, 2)}\n`;
