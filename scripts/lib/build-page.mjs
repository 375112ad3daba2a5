// @ts-check
// Builds the page into dist/.
import { refresh } from './freshness.mjs';
import { STREAM_ORIGIN } from './headers.mjs';
import { fromRoot } from './paths.mjs';
import { run } from './run.mjs';
import { bringDefaultModel } from './speech-models.mjs';

const INPUTS = [
  'web',
  'worklet',
  'public',
  'build/fallback',
  'vite.config.ts',
  'scripts/lib/headers.mjs',
  'scripts/lib/hosting.mjs',
  'scripts/lib/licence-plugin.mjs',
  'scripts/lib/offline-plugin.mjs',
  'package-lock.json',
  'LICENSE',
];

/**
 * Builds the page unless it is fresh, with the speech model where it can be had. The engine must be
 * built.
 * @returns {Promise<boolean>} whether it was built
 */
export async function buildPage() {
  await bringDefaultModel();
  const step = {
    stamp: 'build/page.sha256',
    inputs: INPUTS,
    versions: [process.env[STREAM_ORIGIN] ?? ''],
    outputs: ['dist/index.html'],
  };
  return refresh(step, () => run(fromRoot('node_modules/.bin/vite'), ['build']));
}
