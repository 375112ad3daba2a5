// @ts-check
// Contestants in an isolated page of a headless Chromium.
import { preview } from 'vite';
import { systemChromium } from '../../lib/chromium.mjs';
import { ISOLATION_HEADERS } from '../../lib/headers.mjs';
import { fromRoot } from '../../lib/paths.mjs';
import { freePort } from '../../lib/serve.mjs';
import { PAGE } from '../build.mjs';

/** @typedef {import('../contestant-table.mjs').ContestantTable} ContestantTable */
/** @typedef {typeof globalThis & { benchmarks: ContestantTable }} BenchmarkPage */

const QUIET = [
  ...['--disable-gpu', '--no-first-run', '--disable-background-networking'],
  // A recorder's sound starts without a click.
  '--autoplay-policy=no-user-gesture-required',
];

async function servePage() {
  const port = await freePort();
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: fromRoot(PAGE) },
    preview: { host: '127.0.0.1', port, headers: Object.fromEntries(ISOLATION_HEADERS) },
  });
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function launch() {
  const { chromium } = await import('@playwright/test');
  const executablePath = systemChromium();
  // Chromium's sandbox refuses to start for root, which containers run as.
  const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}

/** @param {import('@playwright/test').Page} page */
async function loaded(page) {
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => page.once('pageerror', reject));
  const ready = page.waitForFunction(() => 'benchmarks' in globalThis);
  await Promise.race([ready, failed]);
}

/** @returns {Promise<import('./host.mjs').Host>} */
export async function openChromium() {
  const server = await servePage();
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.url);
  await loaded(page);
  return {
    version: `Chromium ${browser.version()}`,
    check: (code) =>
      page.evaluate(
        (asked) => /** @type {BenchmarkPage} */ (globalThis).benchmarks.check(asked),
        code,
      ),
    time: (code, operations) =>
      page.evaluate(
        ([asked, times]) => /** @type {BenchmarkPage} */ (globalThis).benchmarks.time(asked, times),
        /** @type {const} */ ([code, operations]),
      ),
    timeEach: (code, operations) =>
      page.evaluate(
        ([asked, times]) =>
          /** @type {BenchmarkPage} */ (globalThis).benchmarks.timeEach(asked, times),
        /** @type {const} */ ([code, operations]),
      ),
    release: () =>
      page.evaluate(() => /** @type {BenchmarkPage} */ (globalThis).benchmarks.release()),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
