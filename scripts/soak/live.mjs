// @ts-check
// Runs the soak's page in Chromium and brings back its record.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemChromium } from '../lib/chromium.mjs';
import { ISOLATION_HEADERS } from '../lib/headers.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { writeMarkerFile } from './marker-file.mjs';
import { MARKER_RATE_HZ } from './markers.mjs';

/** @typedef {import('./record.mjs').LiveRecord} LiveRecord */

/**
 * @typedef {object} LiveOptions
 * @property {number} inputs
 * @property {number} minutes
 * @property {boolean} load
 */

const OUT = fromRoot('build/soak/page');

/** @returns {import('vite').InlineConfig} */
const config = () => ({
  configFile: false,
  root: fromRoot('tests/soak/live'),
  publicDir: fromRoot('public'),
  logLevel: 'error',
  appType: 'mpa',
  build: { outDir: OUT, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  worker: { format: 'es' },
  // Isolation alone: the page's policy would want the Workers' addresses in a type of their own.
  preview: {
    host: '127.0.0.1',
    port: 0,
    strictPort: false,
    headers: Object.fromEntries(ISOLATION_HEADERS),
  },
});

/** @param {string} wavFile */
function launchOptions(wavFile) {
  const executablePath = systemChromium();
  const isRoot = process.getuid?.() === 0;
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${wavFile}`,
    ],
  };
}

/**
 * @param {LiveOptions} options
 * @returns {Promise<LiveRecord>}
 */
export async function runLive({ inputs, minutes, load }) {
  const { build, preview } = await import('vite');
  const { chromium } = await import('@playwright/test');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-soak-'));
  const wavFile = path.join(folder, 'markers.wav');
  await writeMarkerFile(wavFile);
  await build(config());
  const server = await preview(config());
  const browser = await chromium.launch(launchOptions(wavFile));
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const options = { inputs, rateHz: MARKER_RATE_HZ, seconds: minutes * 60, load };
    return await page.evaluate((task) => globalThis.soak(task), options);
  } finally {
    await browser.close();
    await server.close();
    fs.rmSync(folder, { recursive: true });
  }
}
