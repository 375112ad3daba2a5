import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { runOffline } from '../soak/offline/run.ts';

const rateHz = 48_000;
const bytes = Uint8Array.from(await readFile(fromRoot('public/engine.wasm')));

test.each([
  { name: 'from 0', at: 0 },
  { name: 'across 2^31', at: 2 ** 31 },
  { name: 'across 2^32', at: 2 ** 32 },
])('two minutes of audio $name are whole, counted and on time', async ({ at }) => {
  const before = (slots: number) => Math.max(0, at - slots);
  const start = {
    frame: before(60 * rateHz),
    mix: before(50 * rateHz),
    voice: before(1000),
    queues: before(8),
  };
  const started = performance.now();
  const record = await runOffline({ bytes, frames: 120 * rateHz, start });
  console.log(performance.now() - started, JSON.stringify(record));
  expect(record.problems).toEqual([]);
});
