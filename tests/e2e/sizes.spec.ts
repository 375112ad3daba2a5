import { expect, test } from '@playwright/test';
import { DistServer } from '../../scripts/lib/dist-server.mjs';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { MAX_ENGINE_KB, MAX_FIRST_LOAD_KB, sizeOf, totalOf } from '../../scripts/perf/sizes.mjs';
import { runAudio, start } from '../support/app.ts';

const bytesPerKb = 1000;

test('what a visitor loads until the first quantum is small', async ({ page }) => {
  const served = new Set<string>();
  const server = await DistServer.start({
    headers: SECURITY_HEADERS,
    served: (path) => void served.add(path),
  });
  try {
    await start(page, 'oscillator', server.url);
    await runAudio(page, 0.1);
  } finally {
    await server.close();
  }
  const files = [...served].map(sizeOf);
  const list = files.map(({ path, gzipBytes }) => `${path} ${gzipBytes}`).join('\n');
  await test.info().attach('sizes.txt', { body: list });
  const engine = files.find(({ path }) => path === '/engine.wasm')!;
  expect(engine.gzipBytes).toBeLessThanOrEqual(MAX_ENGINE_KB * bytesPerKb);
  expect(files.some(({ path }) => path.includes('/processor-'))).toBe(true);
  expect(totalOf(files).gzipBytes).toBeLessThanOrEqual(MAX_FIRST_LOAD_KB * bytesPerKb);
});
