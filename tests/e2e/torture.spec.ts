import { expect, type Page, test } from '@playwright/test';
import { runAudio, snapshot, start } from '../support/app.ts';
import { OwnTab } from '../support/own-tab.ts';

/** Checks that every torture ends with. */
const commonChecks = 5;
/** About a second of audio. */
const rateHz = 48_000;

async function openStatus(page: Page): Promise<void> {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.evaluate(() => {
    location.hash = 'deadline';
  });
}

/** What a torture left: its verdict and its checks, each with whether it held. */
async function verdictOf(page: Page, id: string): Promise<{ words: string; checks: string[] }> {
  const verdict = page.getByTestId(`torture-${id}-verdict`);
  await expect(verdict).not.toBeEmpty({ timeout: 60_000 });
  const checks = page.getByTestId(`torture-${id}-checks`).getByRole('listitem');
  const words = (await verdict.textContent()) ?? '';
  await test.info().attach(`${id}.txt`, { body: (await checks.allTextContents()).join('\n') });
  const held = await checks.evaluateAll((items) =>
    items.map((item) => `${item.dataset['held']} ${item.textContent}`),
  );
  return { words, checks: held };
}

async function expectEverythingHeld(page: Page, id: string, checks = commonChecks): Promise<void> {
  const found = await verdictOf(page, id);
  expect(found.checks.filter((check) => !check.startsWith('true '))).toEqual([]);
  expect(found.checks).toHaveLength(checks);
  expect(found.words).toBe('Everything held.');
  await expect(page.getByTestId(`torture-${id}`)).toHaveText('Start');
}

for (const [id, title] of [
  ['stall', 'a page that stalls for five seconds'],
  ['garbage', 'a page that makes nothing but garbage'],
  ['cores', 'a machine with every core busy'],
] as const) {
  test(`${title} loses count of nothing, and goes on`, async ({ page }) => {
    test.setTimeout(180_000);
    await openStatus(page);
    await page.getByTestId(`torture-${id}`).click();
    await expectEverythingHeld(page, id);
    await runAudio(page, 1);
    expect((await snapshot(page)).droppedFrames).toBe(0);
  });
}

test('a frozen listener is told exactly what it lost, and holds up nobody', async ({ page }) => {
  test.setTimeout(180_000);
  await openStatus(page);
  await page.getByTestId('torture-freeze').click();
  await expectEverythingHeld(page, 'freeze', commonChecks + 2);
  // It is gone with its Worker.
  expect(await page.evaluate(() => window.quanta!.telemetry.pipeline.length)).toBe(0);
});

test('a hidden tab goes on, a frozen one loses count of nothing', async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  await using tab = await OwnTab.open(browser, `${baseURL}/?source=oscillator#deadline`);
  const frames = async (): Promise<number> =>
    Number(await tab.evaluate('globalThis.quanta?.scope.frames ?? 0'));
  const runFrames = async (count: number): Promise<void> => {
    const from = await frames();
    await expect.poll(frames, { timeout: 30_000 }).toBeGreaterThan(from + count);
  };
  await expect.poll(() => tab.textOf('start')).not.toBe('');
  await tab.click('start');
  await runFrames(rateHz);
  await tab.click('torture-leave');
  await tab.hide();
  await expect.poll(() => tab.evaluate('document.visibilityState')).toBe('hidden');
  await runFrames(rateHz);
  // What is frozen has no clock; the browser's own tells when it is over.
  await tab.evaluate("document.addEventListener('freeze', () => { globalThis.wasFrozen = true; })");
  await tab.freeze(true);
  await tab.freeze(false);
  expect(await tab.evaluate('globalThis.wasFrozen')).toBe(true);
  await tab.show();
  const verdict = 'torture-leave-verdict';
  await expect.poll(() => tab.textOf(verdict), { timeout: 60_000 }).not.toBe('');
  const checks = await tab.textOf('torture-leave-checks');
  await test.info().attach('leave.txt', { body: checks });
  expect([await tab.textOf(verdict), checks]).toEqual(['Everything held.', checks]);
  await runFrames(rateHz);
});

test('a torture can be stopped, and ends with its session', async ({ page }) => {
  await openStatus(page);
  await page.getByTestId('torture-cores').click();
  await expect(page.getByTestId('torture-cores')).toHaveText('Stop');
  await expect(page.getByTestId('torture-stall')).toBeDisabled();
  await page.getByTestId('torture-cores').click();
  await expect(page.getByTestId('torture-cores-verdict')).toHaveText('Stopped.');
  await page.getByTestId('torture-leave').click();
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('torture-leave-verdict')).toHaveText('Stopped.');
  await expect(page.getByTestId('torture-leave')).toBeDisabled();
});
