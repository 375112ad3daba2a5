// @ts-check
// What a visitor's browser has to load, and how much that may be.
import fs from 'node:fs';
import zlib from 'node:zlib';
import { fromRoot } from '../lib/paths.mjs';

/** Gzipped, in kilobytes of 1000 bytes. */
export const MAX_ENGINE_KB = 60;
/** Gzipped: every file from opening the page to its first quantum. */
export const MAX_FIRST_LOAD_KB = 150;

/**
 * @typedef {object} FileSize
 * @property {string} path
 * @property {number} bytes
 * @property {number} gzipBytes
 */

/**
 * @param {string} file of `dist`, with its leading slash
 * @returns {FileSize}
 */
export function sizeOf(file) {
  const bytes = fs.readFileSync(fromRoot(`dist${file}`));
  return { path: file, bytes: bytes.length, gzipBytes: zlib.gzipSync(bytes, { level: 9 }).length };
}

/**
 * @param {readonly FileSize[]} files
 * @returns {FileSize}
 */
export const totalOf = (files) => ({
  path: 'all',
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  gzipBytes: files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
});
