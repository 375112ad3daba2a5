import { expect as impatient, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { runAudio, shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { Harbor, harborPassword } from '../support/harbor.ts';
import { overflows } from '../support/overflow.ts';
import { PageServer } from '../support/page-server.ts';

// What it waits for comes by the audio clock, which a busy machine holds up.
const expect = impatient.configure({ timeout: 20_000 });

/** Opens the view of a page that plays a tone. */
async function openBroadcast(page: Page, url = '/'): Promise<void> {
  await start(page, 'oscillator', url);
  await runAudio(page, 0.5);
  await page.keyboard.press('b');
  await expect(page.getByTestId('broadcast-toggle')).toBeEnabled();
}

async function broadcastTo(page: Page, url: string, password: string): Promise<void> {
  await page.getByTestId('broadcast-url').fill(url);
  await page.getByTestId('broadcast-user').fill('dj');
  await page.getByTestId('broadcast-password').fill(password);
  await page.keyboard.press('Enter');
}

const phase = (page: Page) => page.getByTestId('broadcast-phase');
const reason = (page: Page) => page.getByTestId('broadcast-reason');

test('an address that the page’s policy forbids is told in words', async ({ page }) => {
  await using harbor = await Harbor.start();
  await openBroadcast(page);
  await broadcastTo(page, harbor.url, harborPassword);
  await expect(phase(page)).toHaveText('Rejected');
  await expect(reason(page)).toContainText('Content-Security-Policy');
  await expect(page.getByTestId('on-air-mark')).toBeHidden();
  expect(harbor.tries).toBe(0);
  await broadcastTo(page, 'ftp://radio.example/live', harborPassword);
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'wrong-setting');
});

/** The page's headers, with the policy that lets it connect to a server elsewhere. */
const allowing = ({ url }: Harbor) =>
  SECURITY_HEADERS.map(
    ([name, value]) =>
      [name, value.replace("connect-src 'self'", `connect-src 'self' ${url}`)] as const,
  );

test('the view tells a wrong password, goes on air, and stays there beside other views', async ({
  page,
}) => {
  await page.addInitScript({ path: axeFile });
  await using harbor = await Harbor.start();
  await using server = await PageServer.start(allowing(harbor));
  await openBroadcast(page, server.url);
  await broadcastTo(page, harbor.url, 'wrong');
  await expect(phase(page)).toHaveText('Rejected');
  await expect(reason(page)).toContainText('does not take this user and password');
  await page.getByTestId('song-title').fill('One');
  await broadcastTo(page, harbor.url, harborPassword);
  await expect(phase(page)).toHaveText('On air');
  await expect(reason(page)).toContainText('Live since');
  await expect.poll(() => shownNumber(page, 'air-sent')).toBeGreaterThan(0.5);
  expect(await shownNumber(page, 'air-dropped')).toBe(0);
  expect(harbor.visits[0]!.metadata).toContainEqual({ title: 'One' });
  await page.getByTestId('song-artist').fill('Somebody');
  await page.getByTestId('song-tell').click();
  const told = () => harbor.visits[0]!.metadata.at(-1);
  await expect.poll(told).toEqual({ title: 'One', artist: 'Somebody' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  expect(await overflows(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = 'live'));
  await expect(page.getByTestId('waveform')).toBeVisible();
  await expect(page.getByTestId('on-air-mark')).toContainText(/On air\s*00:0\d/);
  await page.getByTestId('on-air-mark').click();
  await expect(page.getByTestId('broadcast-password')).toHaveValue('');
  harbor.visits[0]!.cut();
  await expect.poll(() => harbor.visits.length, { timeout: 30_000 }).toBe(2);
  await expect(phase(page)).toHaveText('On air');
  await page.getByTestId('stop').click();
  await expect(phase(page)).toHaveText('Stopped');
  await expect(page.getByTestId('on-air-mark')).toBeHidden();
});
