// @ts-check
// The command line of the accuracy harness. Its parts in TypeScript are in tests/accuracy/.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildEngine } from '../lib/build-engine.mjs';
import { bundleForNode } from '../lib/bundle-for-node.mjs';
import { commit, machine } from '../lib/machine.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { setup } from '../lib/setup.mjs';
import { accuracyOptions } from './options.mjs';
import { barLine, sweepLines } from './words.mjs';

/** @typedef {import('./words.mjs').SweepSummary} SweepSummary */
/** @typedef {{ rateHz: number, sweeps: SweepSummary[], bars: import('./words.mjs').Bar[] }} Measurements */

/**
 * @typedef {object} Provenance
 * @property {string} machine
 * @property {string} commit
 * @property {string} node
 * @property {{ name: string, version: string }[]} peers
 * @property {{ name: string, why: string }[]} leftOut
 */

/**
 * The TypeScript of the harness, for Node.
 * @typedef {object} AccuracyModule
 * @property {(options: { bytes: Uint8Array, quick: boolean,
 *   progress: (sweep: SweepSummary) => void }) => Promise<Measurements>} runAccuracy
 * @property {(measured: Measurements, provenance: Provenance) => string} reportPage
 */

export const SCHEMA = 1;

/** @returns {Promise<AccuracyModule>} */
async function loadModule() {
  const code = await bundleForNode('tests/accuracy/index.ts', 'es');
  const file = fromRoot('build/accuracy/harness.mjs');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, code);
  return /** @type {Promise<AccuracyModule>} */ (import(pathToFileURL(file).href));
}

/** @param {string} name */
function packageVersion(name) {
  const text = fs.readFileSync(fromRoot('node_modules', name, 'package.json'), 'utf8');
  return String(/** @type {{ version: unknown }} */ (JSON.parse(text)).version);
}

/** @returns {Provenance} */
const provenance = () => ({
  machine: machine(),
  commit: commit(),
  node: process.version,
  peers: [{ name: 'pitchy', version: packageVersion('pitchy') }],
  leftOut: [{ name: 'aubiojs', why: 'aubio is under the GPL, and its package names no licence' }],
});

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  console.log(file);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 1 where a bar is missed
 */
export async function main(args) {
  const { quick, json, html } = accuracyOptions(args);
  await setup('test');
  await buildEngine();
  const { runAccuracy, reportPage } = await loadModule();
  const bytes = Uint8Array.from(fs.readFileSync(fromRoot('public/engine.wasm')));
  const progress = (/** @type {SweepSummary} */ sweep) => console.log(sweepLines(sweep).join('\n'));
  const measured = await runAccuracy({ bytes, quick, progress });
  const about = provenance();
  console.log(`\n${measured.bars.map(barLine).join('\n')}\n`);
  write(
    json,
    `${JSON.stringify({ schema: SCHEMA, ...about, quick, ...measured }, undefined, 1)}\n`,
  );
  write(html, reportPage(measured, about));
  return measured.bars.every(({ met }) => met) ? 0 : 1;
}
