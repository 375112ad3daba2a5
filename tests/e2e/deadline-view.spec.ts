import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { Report } from '../../web/app/model/report.ts';
import { runAudio, shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { PageServer } from '../support/page-server.ts';

const patience = { timeout: 30_000 };

/** Opens the view on a running oscillator, with every quantum measured. */
async function open(page: Page, path = '/#deadline'): Promise<void> {
  await start(page, 'oscillator', path);
  await runAudio(page, 1);
  await page.getByTestId('cost-dense').check();
}

async function expectFigures(page: Page): Promise<void> {
  await expect.poll(() => shownNumber(page, 'cost-p99'), patience).toBeGreaterThan(0);
}

/** Holds up the page's thread, and waits until the session knows. */
async function block(page: Page, ms: number): Promise<void> {
  await page.evaluate((wantedMs) => {
    const from = performance.now();
    while (performance.now() - from < wantedMs);
  }, ms);
  const longestTask = () =>
    page.evaluate(() => {
      const { events } = window.quanta!.glitches.snapshot();
      const tasks = events.filter(({ kind }) => kind === 'long-task');
      return Math.max(...tasks.map(({ durationMs }) => durationMs));
    });
  await expect.poll(longestTask, patience).toBeGreaterThanOrEqual(ms);
}

test('the view shows what quanta cost, and by which clock', async ({ page }) => {
  await open(page);
  await expectFigures(page);
  const p50 = await shownNumber(page, 'cost-p50');
  const p99 = await shownNumber(page, 'cost-p99');
  const most = await shownNumber(page, 'cost-max');
  expect(p50).toBeGreaterThan(1);
  expect(p99).toBeGreaterThan(p50);
  expect(most).toBeGreaterThanOrEqual(p99);
  await expect(page.getByTestId('cost-source')).toContainText('Temporal, steps of 5.0 µs');
  await expect(page.getByTestId('cost-source')).toContainText('every one');
  await expect(page.getByTestId('cost-plot').locator('.bar').first()).toHaveAttribute('d', /^M/);
  await expect(page.getByTestId('cost-plot')).toContainText('p99');
  await expect(page.getByTestId('cost-plot')).toContainText('budget');
  await expect(page.getByTestId('cost-text')).toContainText('99 in 100', patience);
  const { measured } = await page.evaluate(() => window.quanta!.telemetry.deadline.read());
  expect(measured).toBeGreaterThan(100);
});

test('another stretch of time has its own figures', async ({ page }) => {
  await open(page);
  await expectFigures(page);
  await page.getByTestId('cost-window').selectOption('10');
  await expectFigures(page);
});

test('the first view tells the cost and how it was measured', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.evaluate(() => window.quanta!.telemetry.deadline.measure({ every: 1 }));
  await expect.poll(() => shownNumber(page, 'cost-of-quantum'), patience).toBeGreaterThan(1);
  await expect(page.getByTestId('cost-share')).toHaveText(/^\d+(\.\d)? % of \d\.\d\d ms$/);
  await expect(page.getByTestId('cost-how')).toHaveText('by Temporal');
});

test('a figure that cannot be measured says so, and why', async ({ page }) => {
  await start(page, 'oscillator', '/#deadline');
  await expect(page.getByTestId('cost-why')).toContainText('p99.9', patience);
  await expect(page.getByTestId('cost-why')).toContainText('not measurable here');
  await expect(page.getByTestId('cost-p999')).not.toHaveAttribute('data-value');
  await expect(page.getByTestId('cost-p999')).toHaveText('–');
});

test('a blocked page is a mark on the timeline, and the arrows read it out', async ({ page }) => {
  await start(page, 'oscillator', '/#deadline');
  await runAudio(page, 1);
  await block(page, 800);
  const count = page.getByTestId('glitch-count-long-task');
  await expect
    .poll(async () => Number(await count.getAttribute('data-value')), patience)
    .toBeGreaterThan(0);
  await expect(page.locator('.lane.long-task .sure')).toHaveAttribute('d', /^M/);
  const detail = page.getByTestId('glitch-detail');
  await page.getByTestId('glitch-earlier').focus();
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(detail).toContainText(/busy for ([89]\d\d|\d{4,})\.\d ms/, { timeout: 200 });
  }).toPass(patience);
  await page.getByText('The newest ones as a list').click();
  await expect(
    page.getByTestId('glitch-list').locator('[data-kind=long-task]').first(),
  ).toBeVisible();
});

test('a mark under the pointer is read out', async ({ page }) => {
  await start(page, 'oscillator', '/#deadline');
  await runAudio(page, 1);
  await block(page, 900);
  await expect(page.locator('.lane.long-task .sure')).toHaveAttribute('d', /^M/, patience);
  await page.getByTestId('timeline-span').selectOption('all');
  await page.getByTestId('glitch-detail').scrollIntoViewIfNeeded();
  await expect(async () => {
    const box = await page.locator('.lane.long-task').boundingBox();
    await page.mouse.move(box!.x + box!.width - 1, box!.y + box!.height / 2);
    await page.mouse.move(box!.x + box!.width - 2, box!.y + box!.height / 2);
    await expect(page.getByTestId('glitch-detail')).toContainText('main thread', { timeout: 200 });
  }).toPass(patience);
});

test('listeners are in the map of threads with their lag', async ({ page }) => {
  await start(page, 'oscillator', '/#deadline');
  await runAudio(page, 1);
  await page.evaluate(() => void window.quanta!.bus.listen({ name: 'Slow reader' }));
  const row = page.getByTestId('thread-listener');
  await expect(row).toContainText('Slow reader');
  await runAudio(page, 1);
  await expect(row).toContainText(/\d ms|\d s/);
  await expect(page.getByTestId('thread-audio')).toContainText('quanta/s');
});

test('the report is copied as JSON and as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await expectFigures(page);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByTestId('report-json').click();
  await expect(page.getByTestId('report-status')).toHaveText('Copied as JSON.');
  const report = JSON.parse(await clipboard()) as Report;
  expect(report.schema).toBe('quanta-deadline-report/1');
  expect(report.deadline.source.kind).toBe('temporal');
  expect(report.deadline.p99.valid).toBe(true);
  expect(report.deadline.histogram.length).toBeGreaterThan(0);
  expect(report.telemetry.frames).toBe(report.telemetry.quanta * 128);
  await page.getByTestId('report-markdown').click();
  await expect(page.getByTestId('report-status')).toHaveText('Copied as Markdown.');
  expect(await clipboard()).toMatch(/\| p99 \| [\d.\u00a0]+ µs, \d+(\.\d)? % of the budget \|/);
});

test('the report is saved as a page that needs nothing else', async ({ page, context }) => {
  await open(page);
  await expectFigures(page);
  const download = page.waitForEvent('download');
  await page.getByTestId('report-html').click();
  const file = await (await download).path();
  const html = await readFile(file, 'utf8');
  await using server = await PageServer.start([], () => Buffer.from(html));
  const shared = await context.newPage();
  await shared.addInitScript({ path: axeFile });
  const asked: string[] = [];
  shared.on('request', (request) => asked.push(request.url()));
  const faults: string[] = [];
  shared.on('console', (message) => faults.push(message.text()));
  await shared.goto(`${server.url}/index.html`);
  await expect(shared.getByRole('heading', { name: 'Cost of a quantum' })).toBeVisible();
  await expect(shared.locator('svg').first()).toBeVisible();
  expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([
    `${server.url}/index.html`,
  ]);
  expect(faults.filter((text) => !text.includes('favicon'))).toEqual([]);
  expect(await violations(shared)).toEqual([]);
});

test('before the start the view says what will be there', async ({ page }) => {
  await page.goto('/#deadline');
  await expect(page.getByTestId('cost-empty')).toContainText('Press Start');
  await expect(page.getByTestId('glitch-detail')).toContainText('Press Start');
  await expect(page.getByTestId('report-json')).toBeDisabled();
});

test('without isolation the view measures by message', async ({ page }) => {
  await using server = await PageServer.start([]);
  await start(page, 'oscillator', `${server.url}/#deadline`);
  await runAudio(page, 2);
  await expect(page.getByTestId('cost-source')).toContainText(/Temporal|Date\.now/, patience);
  await expect(page.getByTestId('thread-audio')).toContainText('quanta/s');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`everybody can use the view in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.addInitScript({ path: axeFile });
    await page.goto('/?source=oscillator#deadline');
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('start').click();
    await runAudio(page, 1);
    await page.evaluate(() => void window.quanta!.bus.listen({ name: 'A listener' }));
    await runAudio(page, 1);
    await page.getByText('The newest ones as a list').click();
    expect(await violations(page)).toEqual([]);
  });
}

for (const width of [360, 720, 1024]) {
  test(`nothing sticks out of the view at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await start(page, 'oscillator', '/#deadline');
    await runAudio(page, 1);
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(beyond).toBe(0);
  });
}
