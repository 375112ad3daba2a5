import { expect, type Page, test } from '@playwright/test';
import { shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';

/** A tenth of the promise for single tones: these are chosen for the oscillator to be right. */
const worstMillionths = 10;

/** A tone takes a window and a little more; a busy machine hands the audio out slowly. */
const measured = { timeout: 90_000 };

async function measure(page: Page): Promise<void> {
  await start(page, 'oscillator', '/#accuracy');
  await page.getByTestId('accuracy-run').click();
}

test('a sweep finds every tone to a hundred-thousandth of a cent', async ({ page }) => {
  test.setTimeout(120_000);
  await measure(page);
  await expect(page.getByTestId('accuracy-status')).toHaveText('Done.', measured);
  expect(await shownNumber(page, 'accuracy-count')).toBe(8);
  const worst = await shownNumber(page, 'accuracy-worst');
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(worstMillionths);
  const dots = await page.locator('.error-plot .error').getAttribute('d');
  expect(dots?.match(/M/g)).toHaveLength(8);
  await expect(page.getByTestId('accuracy-note')).toContainText(/at (44\.1|48) kHz/);
});

test('a sweep can be cancelled, and gives its input back', async ({ page }) => {
  await measure(page);
  const sources = () => page.evaluate(() => window.quanta!.sources.map((source) => source?.kind));
  await expect.poll(() => shownNumber(page, 'accuracy-count'), measured).toBeGreaterThan(0);
  expect((await sources()).at(-1)).toBe('oscillator');
  await page.getByTestId('accuracy-run').click();
  await expect(page.getByTestId('accuracy-status')).toHaveText('Cancelled.');
  await expect.poll(async () => (await sources()).filter(Boolean)).toHaveLength(1);
  const counted = await shownNumber(page, 'accuracy-count');
  expect(counted).toBeLessThan(8);
  await expect(page.getByTestId('accuracy-run')).toHaveText('Measure');
});

test('before Start the view says what it waits for', async ({ page }) => {
  await page.goto('/#accuracy');
  await expect(page.getByTestId('accuracy-run')).toBeDisabled();
  await expect(page.getByTestId('accuracy-status')).toContainText('Press Start');
});

test('the view has no accessibility violation', async ({ page }) => {
  await page.addInitScript({ path: axeFile });
  await measure(page);
  await expect.poll(() => shownNumber(page, 'accuracy-count'), measured).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
});
