import { type Browser, expect, type Page } from '@playwright/test';
import { COLLECTOR_CATEGORIES, QUANTUM_CATEGORY } from '../../scripts/lib/audio-trace.mjs';
import {
  beginLab,
  finishLab,
  LAB_RATE_HZ,
  runQuanta,
  startPage,
} from '../../scripts/lib/lab-page.mjs';
import { FEATURE_SETS } from '../../scripts/lib/lab-record.mjs';
import { TraceSession } from '../../scripts/lib/trace-session.mjs';
import { WorkletHeap } from '../../scripts/lib/worklet-heap.mjs';
import type { Result } from '../../scripts/perf/record.mjs';
import { histogramOf, resultOf } from '../../scripts/perf/results.mjs';
import { type Found, measure, measureSec, test, withThreads } from './measure.ts';
import type { ThreadShare } from '../../scripts/perf/report.mjs';
import { MemorySeries } from './memory-series.ts';

const quantumFrames = 128;
const settleSec = 3;
const budgetUs = (quantumFrames / LAB_RATE_HZ) * 1e6;

const quantaIn = (seconds: number): number => Math.ceil((seconds * LAB_RATE_HZ) / quantumFrames);

interface Clocks {
  readonly quanta: number;
  readonly audioSec: number;
}

const clocksOf = (page: Page): Promise<Clocks> =>
  page.evaluate(() => {
    const { scope, sampleRate } = window.quanta!;
    // The frame clock: what was called and what was passed over.
    const audioSec = (scope.frames + scope.missedFrames) / sampleRate;
    return { quanta: scope.quanta, audioSec };
  });

/** The threads that matter most; all of them are in the details. */
const watchedThreads = { 'audio-thread': /^Realtime AudioW/, 'main-thread': /^(chromium|chrome)/ };

/** Shares of a core, where the system tells them. */
function cpuResults(set: string, threads: readonly ThreadShare[]): Result[] {
  if (threads.length === 0) return [];
  return Object.entries(watchedThreads).map(([name, pattern]) => {
    const own = threads.filter((each) => each.process === 'renderer' && pattern.test(each.thread));
    const share = own.reduce((sum, each) => sum + each.share, 0);
    return resultOf({ name: `${set}/${name}-cpu`, unit: 'share', scale: 'cpu' }, [share]);
  });
}

/** The processor at work, traced. */
async function traced(page: Page, browser: Browser, set: string): Promise<Found> {
  const heap = await WorkletHeap.attach(page);
  const series = await MemorySeries.start(page, browser, heap);
  const trace = await TraceSession.start(browser, [QUANTUM_CATEGORY, ...COLLECTOR_CATEGORIES]);
  const before = await clocksOf(page);
  const { threads } = await withThreads(browser, () =>
    runQuanta(page, quantaIn(measureSec), () => series.look()),
  );
  const after = await clocksOf(page);
  const { quantaUs, collections, lost } = await trace.stop();
  const memory = await series.stop();
  await heap.detach();
  const record = await finishLab(page);
  expect(lost).toBe(false);
  const perSec = (after.quanta - before.quanta) / (after.audioSec - before.audioSec);
  const { mean } = resultOf({ name: '', unit: '' }, quantaUs);
  return {
    results: [
      {
        ...resultOf({ name: `${set}/quantum`, unit: 'us', scale: 'cpu' }, quantaUs),
        histogram: histogramOf(quantaUs),
      },
      resultOf({ name: `${set}/quanta-per-second`, unit: 'quanta/s', better: 'higher' }, [perSec]),
      ...(record.handOffMs.length === 0
        ? []
        : [resultOf({ name: `${set}/hand-off`, unit: 'ms' }, record.handOffMs)]),
      ...cpuResults(set, threads),
      ...memory.results.map((result) => ({ ...result, name: `${set}/${result.name}` })),
    ],
    details: {
      budgetShare: mean / budgetUs,
      collections,
      threads,
      memory: memory.series,
      listeners: record.listeners,
      pushes: record.pushes,
    },
  };
}

for (const [set, features] of Object.entries(FEATURE_SETS)) {
  test(`features: ${set}`, async ({ lab, labPage, browser }) => {
    const { results } = await measure(`features/${set}`, browser, async () => {
      await startPage(labPage, lab.url);
      await beginLab(labPage, features);
      await runQuanta(labPage, quantaIn(settleSec));
      return traced(labPage, browser, set);
    });
    expect(results[0]!.n).toBeGreaterThan(quantaIn(measureSec) - 2);
  });
}
