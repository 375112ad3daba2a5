import { expect, test } from '@playwright/test';
import { runLive } from '../../scripts/soak/live.mjs';
import { liveLines, liveReport } from '../../scripts/soak/report.mjs';

// `npm run soak` for longer; its verdict is tested in tests/unit/soak-verdict.test.ts.
test('a minute of eight microphones under load is whole, counted and on time', async () => {
  test.setTimeout(600_000);
  const report = liveReport(await runLive({ inputs: 8, minutes: 1, load: true }));
  await test.info().attach('soak.txt', { body: liveLines(report).join('\n') });
  expect(report.problems).toEqual([]);
  expect([report.indexErrorFrames, report.unaccounted]).toEqual([0, 0]);
  for (const { frames } of report.found) expect(frames).toBeGreaterThan(0);
  const books = new Map(report.readers.map((reader) => [reader.name, reader]));
  // The late ones were late: their losses are part of what is counted.
  for (const late of ['lapped mix', 'frozen mix', 'skipping voice', 'frozen voice']) {
    expect([late, books.get(late)!.dropped > 0]).toEqual([late, true]);
  }
  const { handOffMs, frameMs, computeMs } = report.latency;
  for (const distribution of [handOffMs, frameMs, computeMs]) {
    expect(distribution!.n).toBeGreaterThan(100);
  }
});
