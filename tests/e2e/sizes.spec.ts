import { expect, test } from '@playwright/test';
import { FirstLoad } from '../../scripts/perf/first-load.mjs';
import { MAX_ENGINE_KB, MAX_FIRST_LOAD_KB, totalOf } from '../../scripts/perf/sizes.mjs';
import { runAudio, start } from '../support/app.ts';

const bytesPerKb = 1000;

test('what the first quantum of a visitor waits for is small', async ({ page }) => {
  const load = await FirstLoad.start();
  try {
    await start(page, 'oscillator', load.url);
    await runAudio(page, 0.5);
  } finally {
    await load.close();
  }
  const { first, later } = load.files;
  const list = [...first, ...later].map(({ path, gzipBytes }) => `${path} ${gzipBytes}`);
  await test.info().attach('sizes.txt', { body: list.join('\n') });
  const engine = first.find(({ path }) => path === '/engine.wasm')!;
  expect(engine.gzipBytes).toBeLessThanOrEqual(MAX_ENGINE_KB * bytesPerKb);
  expect(first.some(({ path }) => path.includes('/processor-'))).toBe(true);
  expect(totalOf(first).gzipBytes).toBeLessThanOrEqual(MAX_FIRST_LOAD_KB * bytesPerKb);
});
