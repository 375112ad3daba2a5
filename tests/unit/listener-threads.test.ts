import { beforeAll, expect, test } from 'vitest';
import { AudioBus } from '../../web/lib/bus/index.ts';
import type { Followed } from '../support/listener-thread.ts';
import { bundleForThread, runThread } from '../support/node-worker.ts';

/** Chunks that each thread gets. */
const enough = 3000;
let code: string;

beforeAll(async () => {
  code = await bundleForThread('tests/support/listener-thread.ts');
});

test.each([
  { capacityChunks: 2, work: 3 },
  { capacityChunks: 8, work: 1 },
  { capacityChunks: 1024, work: 1 },
])(
  'listeners in threads account for every chunk of a ring of $capacityChunks',
  async ({ capacityChunks, work }) => {
    const chunkFrames = 64;
    const bus = AudioBus.create({ capacityChunks, chunkFrames });
    const threads = [1, 2].map((thread) =>
      runThread<Followed>(code, { data: bus.listen({ name: `${thread}` }).transfer(), work }),
    );
    const samples = new Float32Array(chunkFrames);
    while (bus.listeners.some(({ deliveredChunks }) => deliveredChunks < enough)) {
      for (let i = 0; i < 64; i += 1) bus.publish(samples.fill(bus.published % 4096));
      // The readers' threads get their turn on one core too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    bus.close();
    for (const followed of await Promise.all(threads)) {
      const { delivered, dropped, pending, whole, lapped, torn, missed, miscounted } = followed;
      expect(delivered + dropped).toBe(bus.published);
      expect([torn, miscounted, pending]).toEqual([0, 0, 0]);
      // What was dropped after the last chunk that came is no jump.
      expect(missed).toBeLessThanOrEqual(dropped);
      expect(whole + lapped).toBe(delivered);
      expect(whole).toBeGreaterThan(0);
    }
  },
  60_000,
);
