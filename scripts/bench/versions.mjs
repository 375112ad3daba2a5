// @ts-check
// The versions of peers.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { fromRoot } from '../lib/paths.mjs';

/**
 * The version of an npm package that is installed here.
 * @param {string} name
 * @returns {string}
 */
export function packageVersion(name) {
  const text = fs.readFileSync(fromRoot('node_modules', name, 'package.json'), 'utf8');
  return String(/** @type {{ version: unknown }} */ (JSON.parse(text)).version);
}

/**
 * The version of a Debian package; elsewhere nobody knows.
 * @param {string} name
 * @returns {string}
 */
export function debianVersion(name) {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], {
    encoding: 'utf8',
  });
  return status === 0 && stdout !== '' ? stdout : 'unknown';
}
