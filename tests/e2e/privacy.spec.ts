import { existsSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { runAudio, start } from '../support/app.ts';
import { type Sent, WatchedServer } from '../support/watched-server.ts';

test.use({ serviceWorkers: 'allow' });

/** What a file of the page is asked for with: nothing that says anything. */
const isPlain = ({ method, query, hasBody, cookie }: Sent) =>
  method === 'GET' && query === '' && !hasBody && cookie === '';

const isOwnFile = (origin: string) => (sent: Sent) => {
  const path = sent.address.slice(origin.length);
  return sent.address.startsWith(`${origin}/`) && existsSync(fromRoot(`dist${path}`));
};

/** Shows every view and lets it work for a moment; saves what can be saved. */
async function tour(page: Page): Promise<void> {
  const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  for (const link of await links.all()) {
    await page.keyboard.press((await link.locator('kbd').textContent())!.toLowerCase());
    await expect(link).toHaveAttribute('aria-current', 'page');
    await runAudio(page, 0.3);
  }
  await page.evaluate(() => (location.hash = 'voice'));
  await page.getByTestId('voice-toggle').click();
  // With the models that there are: without them it is found, and not written down.
  await expect(page.getByTestId('voice-status')).toContainText('Listening', { timeout: 60_000 });
  await page.evaluate(() => (location.hash = 'deadline'));
  const [recording] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('flight-save').click(),
  ]);
  expect(recording.url()).toMatch(/^blob:/);
}

test('no byte of audio or text leaves the machine: only files of the page are asked for', async () => {
  test.setTimeout(120_000);
  await using server = await WatchedServer.start();
  const browser = await server.launch();
  try {
    const page = await browser.newPage();
    const controlled = () => page.evaluate(() => navigator.serviceWorker.controller !== null);
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    await page.addInitScript(() => {
      // The one way out that no policy of a page closes, and no proxy sees.
      Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
    });
    await start(page, 'microphone', server.url);
    await runAudio(page, 0.5);
    await tour(page);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    // The page that the browser keeps, from the start.
    await start(page, 'microphone', server.url);
    expect(await controlled()).toBe(true);
    await runAudio(page, 0.5);
    await page.getByTestId('stop').click();

    // What the debugger sees: requests of the page, whether or not the policy lets them out.
    const own = (address: string) => address.startsWith(`${server.url}/`);
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((address) => !own(address) && !address.startsWith('blob:'))).toEqual([]);
    // What came out of the browser, from any thread.
    const sent = [...server.sent];
    expect(sent.length).toBeGreaterThan(15);
    expect(sent.filter((each) => !isPlain(each) || !isOwnFile(server.url)(each))).toEqual([]);

    // What would have gone out is seen.
    await page.evaluate(() => navigator.sendBeacon('/beacon', 'audio'));
    const beacon = { method: 'POST', address: `${server.url}/beacon`, hasBody: true };
    await expect.poll(() => server.sent.at(-1)).toMatchObject(beacon);
  } finally {
    await browser.close();
  }
});

test('the policy lets the page and its Workers reach their own origin only', async ({
  request,
}) => {
  const policies = await Promise.all(
    ['/', '/sw.js'].map(
      async (path) => (await request.get(path)).headers()['content-security-policy'],
    ),
  );
  for (const policy of policies) {
    const directives = policy!.split('; ');
    expect(directives).toEqual(
      expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "form-action 'none'"]),
    );
    const sources = directives.flatMap((directive) => directive.split(' ').slice(1));
    expect(sources.filter((source) => /[./*]|^https?:|^wss?:/.test(source))).toEqual([]);
  }
});
