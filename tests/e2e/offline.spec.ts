import { createHash } from 'node:crypto';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { runAudio, start } from '../support/app.ts';
import { PageServer } from '../support/page-server.ts';
import { TestServer } from '../support/servers.ts';

test.use({ serviceWorkers: 'allow' });

const integrityOf = (bytes: Buffer) =>
  `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** What is deployed: the built page, or one that differs in two files, or that one half way. */
class Deployment {
  stage: 'first' | 'half' | 'second' = 'first';
  readonly #changed = new Map<string, readonly [before: string, after: string]>();

  readonly alter = (path: string, bytes: Buffer): Buffer => {
    if (path === '/sw.js') return this.#list(bytes);
    const mark = { '/index.html': '<title>Second', '/LICENSE.txt': 'Second' }[path];
    if (mark === undefined) return bytes;
    const text = bytes.toString();
    const second = Buffer.from(
      path === '/index.html' ? text.replace('<title>', mark) : mark + text,
    );
    this.#changed.set(path, [integrityOf(bytes), integrityOf(second)]);
    const isSecond = this.stage === 'second' || (this.stage === 'half' && path !== '/LICENSE.txt');
    return isSecond ? second : bytes;
  };

  #list(worker: Buffer): Buffer {
    if (this.stage === 'first') return worker;
    expect(this.#changed.size).toBe(2);
    return Buffer.from(
      [...this.#changed.values()].reduce(
        (text, [before, after]) => text.replace(before, after),
        worker.toString(),
      ),
    );
  }
}

/** Waits until the browser has every file. */
async function keepPage(page: Page): Promise<void> {
  const state = () =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(state).toBe('activated');
}

const opensOffline = (page: Page) =>
  page.locator('quanta-status-view dl.rows > div', { hasText: 'Opens offline' }).locator('dd');

const newVersion = (page: Page) => page.locator('[data-code=new-version]');

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('without a server the page opens isolated and runs audio, after one visit', async ({
  page,
}) => {
  const server = await PageServer.start(SECURITY_HEADERS);
  await page.goto(`${server.url}/#status`);
  await keepPage(page);
  await expect(opensOffline(page)).toHaveText('yes');
  const controlled = () => page.evaluate(() => navigator.serviceWorker.controller !== null);
  await expect.poll(controlled).toBe(true);
  await server[Symbol.asyncDispose]();
  await start(page, 'oscillator', `${server.url}/?from=elsewhere`);
  await runAudio(page, 1);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByTestId('wasm-status')).toHaveText('active');
  // Here a Worker draws.
  await page.keyboard.press('3');
  await expect(page.getByTestId('cursor-hz')).toHaveText('440.000', { timeout: 20_000 });
  // There is no network indeed.
  const miss = () => fetch('/nothing').then(String, () => 'no network');
  expect(await page.evaluate(miss)).toBe('no network');
});

test('a new version is taken whole, at the next opening, when no other tab runs the old one', async ({
  context,
}) => {
  const deployment = new Deployment();
  await using server = await PageServer.start(SECURITY_HEADERS, deployment.alter);
  const licence = (page: Page) =>
    page.evaluate(async () => (await (await fetch('LICENSE.txt')).text()).startsWith('Second'));
  const first = await openPage(context, server.url);
  await keepPage(first);

  // Half a deployment is none.
  deployment.stage = 'half';
  await first.reload();
  await expect.poll(() => first.evaluate(refreshWorker)).toBe('failed');
  await expect(newVersion(first)).toHaveCount(0);

  deployment.stage = 'second';
  const other = await openPage(context, `${server.url}/?source=oscillator`);
  await expect.poll(() => other.evaluate(refreshWorker)).toBe('done');
  await expect(newVersion(first)).toBeVisible();
  for (const page of [first, other]) {
    await expect(page).toHaveTitle('Quanta');
    expect(await licence(page)).toBe(false);
  }

  await first.getByRole('button', { name: 'Load it now' }).click();
  await expect(newVersion(first)).toContainText('Other tabs');
  await other.getByTestId('start').click();
  await runAudio(other, 0.5);

  await other.close();
  // The browser counts a tab for a moment longer than it is there.
  await expect(async () => {
    await first.reload();
    await expect(first).toHaveTitle('SecondQuanta', { timeout: 2000 });
  }).toPass();
  await expect(newVersion(first)).toHaveCount(0);
  expect(await licence(first)).toBe(true);
  const held = () => caches.open('quanta-files').then(async (cache) => (await cache.keys()).length);
  const listed = () =>
    fetch('sw.js').then(async (sent) => (await sent.text()).split('"keep":"first"').length);
  expect(await first.evaluate(held)).toBe((await first.evaluate(listed)) - 1);
});

/** In the page: has the browser look for a new version, and waits for what becomes of it. */
async function refreshWorker(): Promise<string> {
  const registration = (await navigator.serviceWorker.getRegistration())!;
  await registration.update();
  if (registration.waiting !== null) return 'done';
  const { promise, resolve } = Promise.withResolvers<string>();
  const { installing } = registration;
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'installed') resolve('done');
    if (installing.state === 'redundant') resolve('failed');
  });
  return installing === null ? 'nothing new' : promise;
}

test('a browser without service workers runs the page as ever', async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  await start(page, 'oscillator', baseURL);
  await runAudio(page, 0.5);
  await page.keyboard.press('5');
  await expect(opensOffline(page)).toHaveText('no (this browser keeps no pages)');
});

test('a page that is no longer isolated is not kept: it would stay so when that is mended', async ({
  page,
}) => {
  await using server = await PageServer.start(SECURITY_HEADERS);
  await page.goto(server.url);
  await keepPage(page);
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false });
  });
  await page.goto(`${server.url}/?again#status`);
  await expect(opensOffline(page)).toHaveText('no (not isolated)');
  const registered = async () => (await navigator.serviceWorker.getRegistrations()).length;
  await expect.poll(() => page.evaluate(registered)).toBe(0);
});

test('the development server replaces the page that was kept under its address', async ({
  page,
}) => {
  const built = await TestServer.start('preview');
  const url = `http://localhost:${built.port}`;
  await page.goto(url);
  await keepPage(page);
  await built[Symbol.asyncDispose]();
  await using sources = await TestServer.start('dev', built.port);
  await page.goto(`${url}/?again`);
  await expect(page.locator('script[src="/@vite/client"]')).toHaveCount(1);
  expect(sources.port).toBe(built.port);
});
