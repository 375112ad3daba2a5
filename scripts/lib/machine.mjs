// @ts-check
// What a measurement was made on, for its report.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import { root } from './paths.mjs';

/** @returns {string} processor, cores, system */
export function machine() {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() ?? 'unknown';
  return `${model}, ${cpus.length} cores, ${os.platform()} ${os.arch()}`;
}

/**
 * The commit of this checkout, with `-dirty` where files differ from it.
 * @returns {string}
 */
export function commit() {
  const args = ['describe', '--always', '--dirty', '--abbrev=40'];
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}
