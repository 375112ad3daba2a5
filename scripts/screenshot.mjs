// @ts-check
// Makes the README's pictures of the running page: `node scripts/screenshot.mjs [--folder PATH]`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { buildPage } from './lib/build-page.mjs';
import { systemChromium } from './lib/chromium.mjs';
import { demoAudio } from './lib/demo-audio.mjs';
import { fromRoot } from './lib/paths.mjs';
import { CommandError, runMain } from './lib/run.mjs';
import { servePage } from './lib/serve.mjs';
import { setup } from './lib/setup.mjs';

const PORT = 5373;
const AUDIO_SEC = 6;
const LOUD_DB = -12;
const TAKE_SEC = 4;
const RECORDED_SEC = 12;
const ATTEMPTS = 400;
const ATTEMPT_MS = 50;

const PICTURES = /** @type {const} */ ([
  { name: 'live-dark', colorScheme: 'dark', width: 1440, height: 900, scale: 1, act: null },
  { name: 'live-light', colorScheme: 'light', width: 1440, height: 900, scale: 1, act: null },
  { name: 'phone-dark', colorScheme: 'dark', width: 390, height: 844, scale: 2, act: null },
  { name: 'record-dark', colorScheme: 'dark', width: 1440, height: 900, scale: 1, act: record },
]);

/** @typedef {typeof PICTURES[number]} Picture */

/** @param {import('@playwright/test').Page} page */
async function startDemo(page) {
  await page.getByTestId('file-input').setInputFiles({
    name: 'voice.wav',
    mimeType: 'audio/wav',
    buffer: demoAudio(),
  });
  await page.getByTestId('start').click();
}

/**
 * Whether there is something to look at: the averages have settled, and it is loud just now.
 * @param {import('@playwright/test').Page} page
 */
async function isReady(page) {
  const clock = await page.getByTestId('audio-clock').getAttribute('data-value');
  const peak = await page.getByTestId('peak-db').getAttribute('data-value');
  const pace = await page.getByTestId('pace').textContent();
  return Number(clock) > AUDIO_SEC && Number(peak ?? -Infinity) > LOUD_DB && pace === 'on time';
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<boolean>} isSo
 */
async function waitUntil(page, isSo) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await isSo()) return;
    await page.waitForTimeout(ATTEMPT_MS);
  }
  throw new CommandError('The page never ran on time: this machine is too busy for a picture.');
}

/**
 * Makes a take that is played, and a recording that goes on.
 * @param {import('@playwright/test').Page} page
 */
async function record(page) {
  const elapsed = page.getByTestId('record-elapsed');
  /** @param {number} seconds */
  const recorded = async (seconds) => Number(await elapsed.getAttribute('data-value')) > seconds;
  await page.keyboard.press('0');
  await page.getByTestId('record-toggle').click();
  await waitUntil(page, () => recorded(TAKE_SEC));
  await page.getByTestId('record-toggle').click();
  await page.getByTestId('take-play').click();
  await page.getByTestId('record-toggle').click();
  await waitUntil(page, () => recorded(RECORDED_SEC));
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {string} folder
 * @param {Picture} picture
 */
async function takePicture(browser, url, folder, picture) {
  const { name, colorScheme, width, height, scale, act } = picture;
  const viewport = { width, height };
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: scale });
  await page.goto(`${url}/?source=file&rate=48000`);
  await startDemo(page);
  await waitUntil(page, () => isReady(page));
  await act?.(page);
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  await page.close();
  console.log(path.relative(fromRoot(), file));
}

/** @param {string} url @param {string} folder */
async function takePictures(url, folder) {
  const { chromium } = await import('@playwright/test');
  const executablePath = systemChromium();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium's sandbox refuses to start for root, which containers run as.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    for (const picture of PICTURES) await takePicture(browser, url, folder, picture);
  } finally {
    await browser.close();
  }
}

await runMain(async () => {
  const { values } = parseArgs({
    options: { folder: { type: 'string', default: fromRoot('.github/screenshots') } },
  });
  await setup('test');
  await buildEngine();
  await buildPage();
  const { url, close } = await servePage(PORT);
  try {
    await takePictures(url, path.resolve(values.folder));
  } finally {
    await close();
  }
});
