import { expect, type Page } from '@playwright/test';
import { resultOf } from '../../scripts/perf/results.mjs';
import { type FileSize, sizeOf, totalOf } from '../../scripts/perf/sizes.mjs';
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

test('start-up', async ({ lab, labPage, browser }) => {
  const { details } = await measure('start-up', browser, async () => {
    await labPage.addInitScript(watchForFirstQuantum);
    const first = lab.served.length;
    const cold = await startOnce(labPage, lab.url);
    const files = [...new Set(lab.served.slice(first))].map((path) =>
      sizeOf(path === '/' ? '/index.html' : path),
    );
    const warm: number[] = [];
    while (warm.length < warmStarts) warm.push(await startOnce(labPage, lab.url));
    const { bytes, gzipBytes } = totalOf(files);
    return {
      results: [
        resultOf({ name: 'start-up/click-to-first-quantum-cold', unit: 'ms' }, [cold]),
        resultOf({ name: 'start-up/click-to-first-quantum', unit: 'ms' }, warm),
        resultOf({ name: 'start-up/loaded', unit: 'bytes' }, [bytes]),
        resultOf({ name: 'start-up/loaded-gzipped', unit: 'bytes' }, [gzipBytes]),
        ...files
          .filter(({ path }) => path.endsWith('.wasm'))
          .map(({ path, gzipBytes: size }) =>
            resultOf({ name: `size${path}-gzipped`, unit: 'bytes' }, [size]),
          ),
      ],
      details: { files },
    };
  });
  const paths = (details['files'] as readonly FileSize[]).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['/index.html', '/engine.wasm']));
});
