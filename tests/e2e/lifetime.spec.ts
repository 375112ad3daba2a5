import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { start } from '../support/app.ts';

const cycles = 100;

/** Live objects of a class, after a collection. */
async function liveObjects(cdp: CDPSession, className: string): Promise<number> {
  const { result } = await cdp.send('Runtime.evaluate', { expression: `${className}.prototype` });
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId!,
  });
  const { result: length } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  return length.value as number;
}

async function heapBytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}

async function startAndStop(page: Page, times: number): Promise<void> {
  for (let cycle = 0; cycle < times; cycle += 1) {
    await page.getByTestId('start').click();
    await expect
      .poll(() => page.evaluate(() => window.quanta?.scope.quanta ?? 0))
      .toBeGreaterThan(0);
    await page.getByTestId('stop').click();
    await expect(page.getByTestId('start')).toBeEnabled();
    await expect.poll(() => page.evaluate(() => window.quanta === undefined)).toBe(true);
  }
}

test(`${cycles} starts and stops leave nothing behind`, async ({ page }) => {
  test.setTimeout(300_000);
  const cdp = await page.context().newCDPSession(page);
  await start(page, 'microphone');
  await page.getByTestId('stop').click();
  await startAndStop(page, 10);
  const before = await heapBytes(cdp);
  await startAndStop(page, cycles);
  const after = await heapBytes(cdp);
  expect(await liveObjects(cdp, 'AudioContext')).toBeLessThanOrEqual(1);
  expect(await liveObjects(cdp, 'AudioWorkletNode')).toBeLessThanOrEqual(1);
  expect(await liveObjects(cdp, 'MediaStreamTrack')).toBeLessThanOrEqual(1);
  // A leaked session would hold its scope alone for a quarter of a megabyte.
  expect((after - before) / cycles).toBeLessThan(2048);
});
