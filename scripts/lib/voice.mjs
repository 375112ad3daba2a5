// @ts-check
// Voice detection in Node: the page's own modules, and the files that the page fetches.
import fs from 'node:fs';
import { OFFLINE_MODULE, VAD_MODULE } from './build-engine.mjs';
import { bundleForNode } from './bundle-for-node.mjs';
import { fromRoot } from './paths.mjs';
import { VAD_WEIGHTS } from './vad-weights.mjs';

/** @typedef {typeof import('../../web/lib/vad/index.ts')} VoiceModules */

/** @returns {Promise<VoiceModules>} */
export async function voiceModules() {
  const code = await bundleForNode('web/lib/vad/index.ts', 'es');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return /** @type {Promise<VoiceModules>} */ (import(url));
}

/** The detector's files; they must be built. */
export const voiceAssets = () => ({
  module: fs.readFileSync(fromRoot(VAD_MODULE.file)),
  weights: fs.readFileSync(fromRoot(VAD_WEIGHTS)),
  resampler: fs.readFileSync(fromRoot(OFFLINE_MODULE.file)),
});
