// @ts-check
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The repository's top folder. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../../..');

/**
 * An absolute path from one that is relative to the repository.
 * @param {string[]} parts
 * @returns {string}
 */
export const fromRoot = (...parts) => path.join(root, ...parts);

/**
 * Whether a command can be found in PATH.
 * @param {string} command
 * @returns {boolean}
 */
export function commandExists(command) {
  const folders = (process.env['PATH'] ?? '').split(':').filter(Boolean);
  return folders.some((folder) => fs.existsSync(path.join(folder, command)));
}
