// @ts-check
// Everything that is generated and committed.
import fs from 'node:fs';
import path from 'node:path';
import { generateHosting } from './hosting.mjs';
import { generateLayout } from './layout-generator.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

/** @returns {Promise<{ file: string, text: string }[]>} */
async function generateAll() {
  return [...(await generateLayout()), ...generateHosting()];
}

/** @param {string} file */
function committed(file) {
  const absolute = fromRoot(file);
  return fs.existsSync(absolute) ? fs.readFileSync(absolute, 'utf8') : undefined;
}

/**
 * The generated files whose committed text is not what the generators print now.
 * @param {() => Promise<{ file: string, text: string }[]>} [generate] default: all of them
 * @returns {Promise<{ file: string, text: string }[]>}
 */
export async function staleFiles(generate = generateAll) {
  return (await generate()).filter(({ file, text }) => committed(file) !== text);
}

/**
 * Throws when a generated file is stale.
 * @param {() => Promise<{ file: string, text: string }[]>} [generate] default: all of them
 */
export async function assertFresh(generate) {
  const stale = (await staleFiles(generate)).map(({ file }) => file);
  if (stale.length === 0) return;
  throw new CommandError(`Stale: ${stale.join(', ')}. \`npm run gen\` writes them anew.`);
}

/**
 * Writes what is stale.
 * @returns {Promise<string[]>} the files that changed
 */
export async function writeStaleFiles() {
  const stale = await staleFiles();
  for (const { file, text } of stale) {
    fs.mkdirSync(path.dirname(fromRoot(file)), { recursive: true });
    fs.writeFileSync(fromRoot(file), text);
  }
  return stale.map(({ file }) => file);
}
