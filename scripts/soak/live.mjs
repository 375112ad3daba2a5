// @ts-check
// Runs the soak's page in Chromium and brings back its record.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { QUANTUM_CATEGORY, readAudioTrace } from '../lib/audio-trace.mjs';
import { chromiumOptions } from '../lib/chromium-options.mjs';
import { ISOLATION_HEADERS } from '../lib/headers.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';
import { writeMarkerFile } from './marker-file.mjs';
import { MARKER_RATE_HZ } from './markers.mjs';
import { frameLatenciesMs } from './offline.mjs';

/** @typedef {import('./record.mjs').LiveRecord} LiveRecord */
/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */

/**
 * @typedef {object} LiveOptions
 * @property {number} inputs
 * @property {number} minutes
 * @property {boolean} load
 */

/**
 * What one run in the browser brings back.
 * @typedef {object} LiveRun
 * @property {LiveRecord} record
 * @property {boolean} load
 * @property {string} browser
 * @property {readonly number[]} quantaUs work of the audio thread on each quantum that was traced
 * @property {readonly number[]} frameMs wait of each chunk's first sample for the chunk to be complete
 */

/** A trace of this length is some tens of megabytes. */
const MAX_TRACE_MS = 60_000;
/** Longer than this beyond its length, a run hangs: the audio clock stands still. */
const PATIENCE_MS = 120_000;

/**
 * @param {string} outDir
 * @returns {import('vite').InlineConfig}
 */
const config = (outDir) => ({
  configFile: false,
  root: fromRoot('tests/soak/live'),
  publicDir: fromRoot('public'),
  logLevel: 'error',
  appType: 'mpa',
  build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  worker: { format: 'es' },
  // Isolation alone: the page's policy would want the Workers' addresses in a type of their own.
  preview: {
    host: '127.0.0.1',
    port: 0,
    strictPort: false,
    headers: Object.fromEntries(ISOLATION_HEADERS),
  },
});

/**
 * @param {number} ms
 * @returns {Promise<'late'>}
 */
const after = (ms) =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), ms).unref();
  });

/**
 * Runs the page, and a trace of its audio thread for as long as one is wanted.
 * @param {Browser} browser
 * @param {Page} page
 * @param {LiveOptions} options
 */
async function measure(browser, page, { inputs, minutes, load }) {
  const seconds = minutes * 60;
  const task = { inputs, rateHz: MARKER_RATE_HZ, seconds, load };
  await browser.startTracing(page, { categories: [QUANTUM_CATEGORY] });
  const running = page.evaluate(
    (asked) =>
      /** @type {{ soak: (task: unknown) => Promise<LiveRecord> }} */ (
        /** @type {unknown} */ (globalThis)
      ).soak(asked),
    task,
  );
  await Promise.race([running, after(MAX_TRACE_MS)]);
  const { quantaUs } = readAudioTrace(await browser.stopTracing());
  const record = await Promise.race([running, after(1000 * seconds * 2 + PATIENCE_MS)]);
  if (record === 'late') throw new CommandError('The audio clock stood still.');
  return { record, quantaUs };
}

/**
 * @param {LiveOptions} options
 * @param {{ wavFile: string, pageFolder: string }} files
 * @returns {Promise<LiveRun>}
 */
async function runInBrowser(options, { wavFile, pageFolder }) {
  const { preview } = await import('vite');
  const { chromium } = await import('@playwright/test');
  const server = await preview(config(pageFolder));
  const browser = await chromium.launch(chromiumOptions({ wavFile }));
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const { record, quantaUs } = await measure(browser, page, options);
    const { rateHz, quantumFrames, published } = record;
    const frameMs = await frameLatenciesMs({ rateHz, quantumFrames, chunks: published.voice });
    const { load } = options;
    return { record, load, browser: `Chromium ${browser.version()}`, quantaUs, frameMs };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * @param {LiveOptions} options
 * @returns {Promise<LiveRun>}
 */
export async function runLive(options) {
  const { build } = await import('vite');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-soak-'));
  try {
    const files = {
      wavFile: path.join(folder, 'markers.wav'),
      pageFolder: path.join(folder, 'page'),
    };
    await writeMarkerFile(files.wavFile);
    await build(config(files.pageFolder));
    return await runInBrowser(options, files);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
