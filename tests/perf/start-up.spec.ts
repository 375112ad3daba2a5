import { expect, type Page } from '@playwright/test';
import { FirstLoad } from '../../scripts/perf/first-load.mjs';
import { resultOf } from '../../scripts/perf/results.mjs';
import { totalOf } from '../../scripts/perf/sizes.mjs';
import { measure, test } from './measure.ts';

const warmStarts = 8;

declare global {
  // Only `var` puts a name on globalThis.
  var firstQuantum: Promise<number>;
}

/**
 * In the page: the time from the click on Start until the first quantum is seen. It looks as often as
 * the page comes round, by messages to itself: timers may be four milliseconds late.
 */
function watchForFirstQuantum(): void {
  const { promise, resolve } = Promise.withResolvers<number>();
  globalThis.firstQuantum = promise;
  const { port1, port2 } = new MessageChannel();
  addEventListener('click', ({ timeStamp }) => {
    port1.onmessage = () => {
      if ((window.quanta?.scope.quanta ?? 0) > 0) resolve(performance.now() - timeStamp);
      else port2.postMessage(null);
    };
    port2.postMessage(null);
  });
}

async function startOnce(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/?source=oscillator`);
  await page.getByTestId('start').click();
  return page.evaluate(() => globalThis.firstQuantum);
}

/** One start in a fresh context: how long it took, and what it waited for. */
async function coldStart(page: Page): Promise<{ ms: number; files: FirstLoad['files'] }> {
  const load = await FirstLoad.start();
  try {
    const ms = await startOnce(page, load.url);
    load.release();
    return { ms, files: load.files };
  } finally {
    await load.close();
  }
}

test('start-up', async ({ lab, labPage, browser }) => {
  const { details } = await measure('start-up', browser, async () => {
    await labPage.addInitScript(watchForFirstQuantum);
    const { ms: cold, files } = await coldStart(labPage);
    // Once for this server's own cache of compiled code.
    await startOnce(labPage, lab.url);
    const warm: number[] = [];
    while (warm.length < warmStarts) warm.push(await startOnce(labPage, lab.url));
    const { bytes, gzipBytes } = totalOf(files.first);
    return {
      results: [
        resultOf({ name: 'start-up/click-to-first-quantum-cold', unit: 'ms' }, [cold]),
        resultOf({ name: 'start-up/click-to-first-quantum', unit: 'ms' }, warm),
        resultOf({ name: 'start-up/loaded', unit: 'bytes' }, [bytes]),
        resultOf({ name: 'start-up/loaded-gzipped', unit: 'bytes' }, [gzipBytes]),
        ...files.first
          .filter(({ path }) => path.endsWith('.wasm'))
          .map(({ path, gzipBytes: size }) =>
            resultOf({ name: `size${path}-gzipped`, unit: 'bytes' }, [size]),
          ),
      ],
      details: { files },
    };
  });
  const { first } = details['files'] as FirstLoad['files'];
  const paths = first.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['/index.html', '/engine.wasm']));
});
