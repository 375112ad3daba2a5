// @ts-check
// The built page with everything at work, as the long measurements drive it. What runs in the page is
// tests/lab/page.ts, served beside it.
import { build } from 'vite';
import { DistServer } from './dist-server.mjs';
import { SECURITY_HEADERS } from './headers.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./lab-record.mjs').LabRecord} LabRecord */
/** @typedef {import('./lab-record.mjs').FeatureSet} FeatureSet */
/** @typedef {import('./dist-server.mjs').DistOptions} DistOptions */

/** @typedef {{ begin: (features: FeatureSet) => Promise<void>, finish: () => Promise<LabRecord> }} Lab */
/** @typedef {typeof globalThis & { lab: Lab, quanta?: { scope: { quanta: number } } }} LabPage */

const FOLDER = 'build/lab';
export const LAB_RATE_HZ = 48_000;
const LOOK_MS = 100;
/** Longer than this without a quantum, the audio clock stands still. */
const PATIENCE_MS = 30_000;

/** Bundles what runs in the page. */
export async function buildLab() {
  await build({
    configFile: false,
    root: fromRoot('tests/lab'),
    base: '/lab/',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: fromRoot(FOLDER),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: fromRoot('tests/lab/page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
}

/**
 * Serves the built page with the lab beside it.
 * @param {Omit<DistOptions, 'headers' | 'folders'>} [options]
 */
export const serveLab = (options = {}) =>
  DistServer.start({ ...options, headers: SECURITY_HEADERS, folders: { lab: FOLDER } });

/**
 * A page whose policy lets the lab in. The isolation is the page's own. The browser keeps no copy of it,
 * which would be work beside what is measured.
 * @param {import('@playwright/test').Browser} browser
 */
export async function newLabPage(browser) {
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  return context.newPage();
}

/**
 * Opens a view of the page and presses Start with the microphone.
 * @param {Page} page
 * @param {string} url
 * @param {string} [view]
 */
export async function startPage(page, url, view = 'live') {
  await page.goto(`${url}/?source=microphone#live`);
  await page.getByTestId('sample-rate').selectOption(String(LAB_RATE_HZ));
  await page.getByTestId('start').click();
  await quantaOf(page);
  await runQuanta(page, 1);
  if (view !== 'live') await showView(page, view);
}

/**
 * @param {Page} page
 * @param {string} view the address after `#`
 */
export async function showView(page, view) {
  await page.evaluate((id) => {
    location.hash = id;
  }, view);
}

/**
 * @param {Page} page that was started
 * @param {FeatureSet} features
 */
export async function beginLab(page, features) {
  await page.addScriptTag({ url: '/lab/page.js', type: 'module' });
  await page.waitForFunction(() => 'lab' in globalThis);
  await page.evaluate((set) => /** @type {LabPage} */ (globalThis).lab.begin(set), features);
}

/**
 * Holds the audio clock, lets every reader read what is left, and brings back the books.
 * @param {Page} page
 */
export const finishLab = (page) =>
  page.evaluate(() => /** @type {LabPage} */ (globalThis).lab.finish());

/**
 * Quanta so far; waits until the page has a session.
 * @param {Page} page
 */
async function quantaOf(page) {
  await page.waitForFunction(() => /** @type {LabPage} */ (globalThis).quanta !== undefined);
  return page.evaluate(() => /** @type {LabPage} */ (globalThis).quanta?.scope.quanta ?? -1);
}

/**
 * Waits for a number of quanta on the audio clock.
 * @param {Page} page
 * @param {number} quanta
 * @param {(done: number) => void} [progress]
 * @returns {Promise<number>} how many it was when they were seen
 */
export async function runQuanta(page, quanta, progress) {
  const from = await quantaOf(page);
  let [done, movedMs] = [0, performance.now()];
  while (done < quanta) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = (await quantaOf(page)) - from;
    if (now > done) movedMs = performance.now();
    else if (performance.now() - movedMs > PATIENCE_MS) {
      throw new CommandError('The audio clock stood still.');
    }
    done = now;
    progress?.(done);
  }
  return done;
}
