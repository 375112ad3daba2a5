// @ts-check
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
