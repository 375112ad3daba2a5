import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { runAudio, start } from '../support/app.ts';
import { serverKinds, TestServer } from '../support/servers.ts';

/** What the browser complains about: policy violations, failed loads, uncaught errors. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}

for (const kind of serverKinds) {
  test.describe(`the page of the ${kind} server`, () => {
    let server: TestServer;
    let url: string;

    test.beforeAll(async () => {
      server = await TestServer.start(kind);
      url = `http://localhost:${server.port}/`;
    });

    test.afterAll(() => server[Symbol.asyncDispose]());

    test('is isolated and runs without a complaint', async ({ page }) => {
      const found = complaints(page);
      await start(page, 'oscillator', url);
      await runAudio(page, 1);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await expect(page.getByTestId('wasm-status')).toHaveText('active');
      // Here a Worker draws.
      await page.keyboard.press('3');
      await expect(page.getByTestId('cursor-hz')).toHaveText('440.000', { timeout: 20_000 });
      expect(found).toEqual([]);
    });

    test('lets no text become script', async ({ page }) => {
      await page.goto(url);
      const outcomes = await page.evaluate(async () => {
        // What the debugger calls may use eval; what the page calls back later may not.
        await new Promise(requestAnimationFrame);
        const attempts = {
          eval: () => void (0, eval)('1'),
          markup: () => (document.body.innerHTML = '<img src=x onerror="alert(1)">'),
          script: () => (document.createElement('script').text = 'alert(1)'),
          worker: () => void new Worker('data:text/javascript,'),
        };
        return Object.entries(attempts).map(([name, attempt]) => {
          try {
            attempt();
            return `${name} went through`;
          } catch (error) {
            return `${name}: ${error instanceof Error ? error.name : typeof error}`;
          }
        });
      });
      expect(outcomes).toEqual([
        'eval: EvalError',
        'markup: TypeError',
        'script: TypeError',
        'worker: TypeError',
      ]);
    });
  });
}

test.describe('beside a server of another origin', () => {
  let other: Server;
  let otherUrl: string;
  let hits: string[];

  test.beforeEach(async ({ baseURL }) => {
    hits = [];
    const page = `<iframe src="${baseURL}/"></iframe><a href="${baseURL}/" target="_blank" rel="opener">go</a>`;
    other = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.writeHead(200, {
        'Content-Type': 'text/html',
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      response.end(page);
    });
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  });

  test.afterEach(() => void other.close());

  test('a script in the page cannot send anything there', async ({ page }) => {
    const found = complaints(page);
    await page.goto('/');
    const outcome = await page.evaluate(async (target) => {
      const image = new Image();
      const loaded = new Promise((resolve) => {
        image.addEventListener('load', () => resolve('loaded'));
        image.addEventListener('error', () => resolve('refused'));
      });
      image.src = `${target}image`;
      navigator.sendBeacon(`${target}beacon`, 'x');
      const fetched = fetch(`${target}fetch`).then(
        () => 'loaded',
        () => 'refused',
      );
      return Promise.all([loaded, fetched]);
    }, otherUrl);
    expect(outcome).toEqual(['refused', 'refused']);
    for (const way of ['image', 'beacon', 'fetch']) {
      const violation = `'${otherUrl}${way}' violates the following Content Security Policy`;
      expect(found.some((text) => text.includes(violation))).toBe(true);
    }
    expect(hits).toEqual([]);
  });

  test('its page cannot frame ours', async ({ page }) => {
    await page.goto(otherUrl);
    const urls = () => page.frames().map((frame) => frame.url());
    await expect.poll(urls).toEqual([otherUrl, 'chrome-error://chromewebdata/']);
  });

  test('its page keeps no hold on ours when it opens it', async ({ page, context }) => {
    await page.goto(otherUrl);
    const opened = context.waitForEvent('page');
    await page.getByRole('link').click();
    const ours = await opened;
    await expect(ours).toHaveTitle(/Quanta/);
    expect(await ours.evaluate(() => window.opener === null)).toBe(true);
  });
});

test('the built page carries the licences of what is compiled into it', async ({ request }) => {
  const response = await request.get('/LICENSE.txt');
  expect(response.ok()).toBe(true);
  expect(await response.text()).toContain('Mark Borgerding');
});
