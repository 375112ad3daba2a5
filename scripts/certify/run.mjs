// @ts-check
// The run that a certificate is about: the built page in Chromium with everything on.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { COLLECTOR_CATEGORIES, QUANTUM_CATEGORY } from '../lib/audio-trace.mjs';
import { chromiumOptions } from '../lib/chromium-options.mjs';
import { demoAudio } from '../lib/demo-audio.mjs';
import {
  beginLab,
  buildLab,
  finishLab,
  LAB_RATE_HZ,
  newLabPage,
  runQuanta,
  serveLab,
  startPage,
} from '../lib/lab-page.mjs';
import { FEATURE_SETS } from '../lib/lab-record.mjs';
import { commit } from '../lib/machine.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { TraceSession } from '../lib/trace-session.mjs';
import { WorkletHeap } from '../lib/worklet-heap.mjs';
import { engineImports, servedFiles } from './served.mjs';

/** @typedef {import('../lib/lab-record.mjs').LabRecord} LabRecord */
/** @typedef {import('../lib/trace-session.mjs').SessionTrace} SessionTrace */
/** @typedef {import('../lib/worklet-heap.mjs').HeapUsage} HeapUsage */
/** @typedef {import('@playwright/test').Browser} Browser */

/**
 * @typedef {object} CertifiedRun
 * @property {string} browser
 * @property {number} wantedQuanta
 * @property {number} quanta that were seen while the trace ran
 * @property {SessionTrace} trace
 * @property {{ before: HeapUsage, after: HeapUsage } | null} heap of the worklet; null where the browser
 *   shows none
 * @property {LabRecord} record
 * @property {readonly import('./served.mjs').ServedFile[]} files
 * @property {readonly string[]} imports of the engine's module, as `module.name`
 * @property {string} commit that was checked out when it began
 */

const QUANTUM_FRAMES = 128;
/** What the start itself left behind is collected before the measurement. */
const SETTLE_SEC = 10;

/** @param {number} seconds */
const quantaIn = (seconds) => Math.ceil((seconds * LAB_RATE_HZ) / QUANTUM_FRAMES);

/**
 * @param {string | null} control
 * @returns {import('../lib/dist-server.mjs').Alter}
 */
function alterFor(control) {
  if (control === null) return (_path, bytes) => bytes;
  const prelude = fs.readFileSync(fromRoot('tests/fixtures', `${control}-prelude.js`), 'utf8');
  return (asked, bytes) =>
    asked.includes('/processor-') ? Buffer.from(prelude + bytes.toString()) : bytes;
}

/**
 * @param {Browser} browser
 * @param {string} url
 * @param {number} wantedQuanta
 * @param {(quanta: number) => void} progress
 * @returns {Promise<Omit<CertifiedRun, 'files' | 'imports' | 'commit'>>}
 */
async function measure(browser, url, wantedQuanta, progress) {
  const page = await newLabPage(browser);
  await startPage(page, url, 'spectrum');
  await beginLab(page, FEATURE_SETS.all);
  const heap = await WorkletHeap.attach(page);
  await runQuanta(page, quantaIn(SETTLE_SEC));
  const session = await TraceSession.start(browser, [QUANTUM_CATEGORY, ...COLLECTOR_CATEGORIES]);
  const before = await heap.read();
  const quanta = await runQuanta(page, wantedQuanta, progress);
  const after = await heap.read();
  const trace = await session.stop();
  await heap.detach();
  const record = await finishLab(page);
  return {
    browser: `Chromium ${browser.version()}`,
    wantedQuanta,
    quanta,
    trace,
    heap: before === null || after === null ? null : { before, after },
    record,
  };
}

/**
 * @param {{ minutes: number, control: string | null }} options
 * @param {(quanta: number, of: number) => void} [progress]
 * @returns {Promise<CertifiedRun>}
 */
export async function runCertified({ minutes, control }, progress) {
  const { chromium } = await import('@playwright/test');
  await buildLab();
  const server = await serveLab({ alter: alterFor(control) });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-certify-'));
  const wavFile = path.join(folder, 'voice.wav');
  fs.writeFileSync(wavFile, demoAudio());
  const browser = await chromium.launch(chromiumOptions({ wavFile }));
  const wanted = quantaIn(60 * minutes);
  const served = { files: servedFiles(), imports: engineImports(), commit: commit() };
  const tell = (/** @type {number} */ done) => progress?.(done, wanted);
  try {
    return { ...(await measure(browser, server.url, wanted, tell)), ...served };
  } finally {
    await browser.close();
    await server.close();
    fs.rmSync(folder, { recursive: true });
  }
}
