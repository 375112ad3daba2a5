// @ts-check
// Which Chromium the tests drive. Debian's own package wants no download; elsewhere Playwright's.
import fs from 'node:fs';
import { run } from './run.mjs';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** @returns {boolean} */
export function isDebian() {
  if (!fs.existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(fs.readFileSync('/etc/os-release', 'utf8'));
}

/**
 * The system's Chromium, or undefined where Playwright's is used.
 * @returns {string | undefined}
 */
export function systemChromium() {
  return isDebian() ? DEBIAN_CHROMIUM : undefined;
}

/** Asks Playwright, which is a package of ours, so node_modules must be there. */
async function playwrightChromiumExists() {
  const { chromium } = await import('@playwright/test');
  return fs.existsSync(chromium.executablePath());
}

/** Downloads Playwright's Chromium where the system's package manager brings none. */
export async function installPlaywrightChromium() {
  if (systemChromium() !== undefined || (await playwrightChromiumExists())) return;
  console.log("Installing Playwright's Chromium: runs the browser tests.");
  // On Linux it also needs libraries of the system's.
  const libraries = process.platform === 'linux' ? ['--with-deps'] : [];
  await run('npx', ['playwright', 'install', ...libraries, 'chromium']);
}
