import { expect, type Page, test } from '@playwright/test';
import { ISOLATION_HEADERS } from '../../scripts/lib/headers.mjs';
import type { DeadlineReading } from '../../web/lib/index.ts';
import { runAudio, start } from '../support/app.ts';
import { PageServer } from '../support/page-server.ts';

function read(page: Page): Promise<DeadlineReading> {
  return page.evaluate(() => window.quanta!.telemetry.deadline.read());
}

test('without being asked the meter measures some quanta, and says by what', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 5);
  const reading = await read(page);
  expect(reading.source).toMatchObject({ kind: 'temporal', resolutionUs: 5 });
  expect(reading.every).toBe(120);
  expect(reading.coverage).toBeGreaterThan(1 / 256);
  expect(reading.coverage).toBeLessThan(1 / 64);
  expect(reading.p99).toMatchObject({ valid: false, valueUs: null });
  expect(reading.dateMean).toMatchObject({ valid: false, valueUs: null });
});

test('in a page without isolation, steps of 100 µs say that they are too long', async ({
  page,
}) => {
  test.setTimeout(60_000);
  await using server = await PageServer.start([]);
  await start(page, 'oscillator', server.url);
  await runAudio(page, 1);
  await page.evaluate(() => window.quanta!.telemetry.deadline.measure({ every: 1 }));
  await runAudio(page, 3);
  const { source, measured, p50, mean } = await read(page);
  expect(source).toMatchObject({ kind: 'temporal', resolutionUs: 100 });
  expect(measured).toBeGreaterThan(500);
  expect(p50).toMatchObject({ valid: false, valueUs: null });
  expect(p50.reason).toContain('100 µs');
  expect(mean.valid).toBe(true);
});

/** The page as on a machine with so many cores. Its policy lets nobody but itself start Workers. */
async function startWithCores(page: Page, server: PageServer, cores: number): Promise<void> {
  await page.addInitScript((count) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => count });
  }, cores);
  await start(page, 'oscillator', server.url);
  await runAudio(page, 1);
  await page.evaluate(() =>
    window.quanta!.telemetry.deadline.measure({ every: 1, clock: 'worker' }),
  );
  await runAudio(page, 5);
}

test('a clock Worker measures where there are cores enough, until it is not wanted', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await using server = await PageServer.start(ISOLATION_HEADERS);
  await startWithCores(page, server, 8);
  expect(page.workers()).toHaveLength(1);
  // Where the system gives the clock's core to others, it may refuse many quanta before one is measured.
  const measuredSoFar = async () => (await read(page)).measured;
  await expect.poll(measuredSoFar, { timeout: 60_000 }).toBeGreaterThan(0);
  const { source, measured, refused, quanta, max } = await read(page);
  expect(source.kind).toBe('clock-worker');
  expect(source.resolutionUs).toBeLessThanOrEqual(20);
  expect(measured + refused).toBeLessThanOrEqual(quanta);
  // A clock that stood still and was not noticed would show as a quantum of many milliseconds.
  if (max.valid) expect(max.valueUs).toBeLessThan(1e6);
  await page.evaluate(() => window.quanta!.telemetry.deadline.measure());
  await expect.poll(() => page.workers().length).toBe(0);
  expect((await read(page)).source.kind).toBe('temporal');
});

test('where there are too few cores, another clock measures and says why', async ({ page }) => {
  await using server = await PageServer.start(ISOLATION_HEADERS);
  await startWithCores(page, server, 2);
  expect(page.workers()).toHaveLength(0);
  const { source } = await read(page);
  expect(source.kind).toBe('temporal');
  expect(source.reason).toContain('here are 2');
});
