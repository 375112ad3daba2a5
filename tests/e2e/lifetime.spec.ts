import { type CDPSession, expect, type Page, test } from '@playwright/test';
import type {} from '../../web/app/global.ts';

const cycles = 100;
const warmUpCycles = 50;

/** How many objects of a class answer a question with yes, after a collection. */
async function countObjects(
  cdp: CDPSession,
  className: string,
  question = 'true',
): Promise<number> {
  const { result } = await cdp.send('Runtime.evaluate', { expression: `${className}.prototype` });
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId!,
  });
  const { result: count } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    functionDeclaration: `function () { return this.filter((it) => ${question}).length; }`,
    returnByValue: true,
  });
  return count.value as number;
}

async function heapBytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}

/** Presses Start and Stop in turn, in the page itself: what the test tool keeps is not the page's. */
async function startAndStop(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    const button = (testId: string): HTMLButtonElement =>
      document.querySelector<HTMLButtonElement>(`[data-testid=${testId}]`)!;
    const until = async (ready: () => boolean): Promise<void> => {
      while (!ready()) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    for (let cycle = 0; cycle < count; cycle += 1) {
      await until(() => button('start').hidden === false && !button('start').disabled);
      button('start').click();
      await until(() => (window.quanta?.scope.quanta ?? 0) > 0);
      button('stop').click();
      await until(() => window.quanta === undefined);
    }
  }, times);
}

test(`${cycles} starts and stops leave nothing behind`, async ({ page }) => {
  test.setTimeout(300_000);
  const cdp = await page.context().newCDPSession(page);
  await page.goto('/?source=microphone');
  // The browser compiles and caches for a while before its heap is level.
  await startAndStop(page, warmUpCycles);
  const before = await heapBytes(cdp);
  await startAndStop(page, cycles);
  const after = await heapBytes(cdp);
  expect(await countObjects(cdp, 'AudioContext')).toBeLessThanOrEqual(1);
  expect(await countObjects(cdp, 'AudioWorkletNode')).toBeLessThanOrEqual(1);
  expect(await countObjects(cdp, 'MediaStreamTrack', 'it.readyState === "live"')).toBe(0);
  // A leaked session would hold its scope alone for a quarter of a megabyte.
  expect((after - before) / cycles).toBeLessThan(4096);
});
