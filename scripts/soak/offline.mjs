// @ts-check
// Runs hours of audio through the engine in this process.
import fs from 'node:fs';
import { bundleForNode } from '../lib/bundle-for-node.mjs';
import { fromRoot } from '../lib/paths.mjs';

/** @typedef {import('./record.mjs').OfflineRecord} OfflineRecord */
/** @typedef {import('./record.mjs').OfflineOptions} OfflineOptions */

/**
 * The TypeScript of the offline run, for Node.
 * @typedef {object} OfflineModule
 * @property {(options: OfflineOptions) => Promise<OfflineRecord>} runOffline
 * @property {(options: { bytes: Uint8Array, rateHz: number, quantumFrames: number, chunks: number }) =>
 *   Promise<number[]>} frameLatencies
 */

const RATE_HZ = 48_000;
const FRAMES_PER_HOUR = RATE_HZ * 3600;

/** @returns {Promise<OfflineModule>} */
async function loadModule() {
  const code = await bundleForNode('tests/soak/offline/index.ts', 'es');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return /** @type {Promise<OfflineModule>} */ (import(url));
}

const engineBytes = () => Uint8Array.from(fs.readFileSync(fromRoot('public/engine.wasm')));

/**
 * Counters begin so that all of them pass 2^31 after an hour and 2^32 some hours later, or, in a
 * shorter run, in the middle of it; those of the voice, which grow slowly, pass 2^32 in seconds.
 * @param {number} frames
 */
const startOf = (frames) => {
  const before = Math.min(FRAMES_PER_HOUR, Math.floor(frames / 2));
  return {
    frame: 2 ** 31 - before,
    mix: 2 ** 31 - before,
    voice: 2 ** 32 - 100,
    queues: 2 ** 32 - 2,
  };
};

/**
 * @param {number} hours
 * @param {(hours: number) => void} progress
 * @returns {Promise<OfflineRecord>}
 */
export async function runOfflineHours(hours, progress) {
  const { runOffline } = await loadModule();
  const frames = Math.round(hours * FRAMES_PER_HOUR);
  return runOffline({
    bytes: engineBytes(),
    frames,
    start: startOf(frames),
    progress: (done) => progress(done / FRAMES_PER_HOUR),
  });
}

/**
 * How long the first sample of each chunk waits until its chunk is complete, in audio time: the same
 * engine tells it exactly, because nothing but its quanta decides it.
 * @param {{ rateHz: number, quantumFrames: number, chunks: number }} options
 * @returns {Promise<number[]>} milliseconds
 */
export async function frameLatenciesMs(options) {
  const { frameLatencies } = await loadModule();
  return frameLatencies({ bytes: engineBytes(), ...options });
}
