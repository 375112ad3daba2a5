// @ts-check
// Work is skipped when its inputs are the same as last time and its outputs are still there.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot, root } from './paths.mjs';

/**
 * @typedef {object} Step
 * @property {string} stamp file that remembers the inputs, relative to the repository
 * @property {readonly string[]} inputs files and folders, relative to the repository
 * @property {readonly string[]} [versions] what else decides the result: the tools' versions
 * @property {readonly string[]} outputs files, relative to the repository
 */

/**
 * Every file under the given files and folders, sorted, relative to the repository.
 * @param {readonly string[]} inputs
 * @returns {string[]}
 */
export function filesUnder(inputs) {
  return inputs.flatMap(filesOf).sort();
}

/** @param {string} input */
function filesOf(input) {
  const absolute = fromRoot(input);
  const found = fs.statSync(absolute, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [input];
  return fs
    .readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** @param {Step} step */
function digestOf({ inputs, versions = [] }) {
  const hash = createHash('sha256');
  for (const version of versions) hash.update(version).update('\0');
  for (const file of filesUnder(inputs)) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(fromRoot(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {Step} step
 * @returns {boolean}
 */
export function isFresh(step) {
  if (!step.outputs.every((file) => fs.existsSync(fromRoot(file)))) return false;
  const stamp = fromRoot(step.stamp);
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digestOf(step);
}

/**
 * Runs the work unless it is fresh. The inputs are read before the work, so that a change during it
 * is seen the next time.
 * @param {Step} step
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it ran
 */
export async function refresh(step, work) {
  if (isFresh(step)) return false;
  const digest = digestOf(step);
  fs.rmSync(fromRoot(step.stamp), { force: true });
  await work();
  fs.mkdirSync(path.dirname(fromRoot(step.stamp)), { recursive: true });
  fs.writeFileSync(fromRoot(step.stamp), digest);
  return true;
}
