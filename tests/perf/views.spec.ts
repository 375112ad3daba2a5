import { expect, type Page } from '@playwright/test';
import { beginLab, runQuanta, showView, startPage } from '../../scripts/lib/lab-page.mjs';
import { FEATURE_SETS } from '../../scripts/lib/lab-record.mjs';
import type { Result } from '../../scripts/perf/record.mjs';
import { resultOf } from '../../scripts/perf/results.mjs';
import { type Found, measure, measureSec, test, withThreads } from './measure.ts';

/** What the page's main thread did. */
interface Frames {
  /** Between one animation frame and the next. */
  readonly intervalsMs: readonly number[];
  readonly longFramesMs: readonly number[];
  readonly longTasksMs: readonly number[];
}

/** A view's first frames build it; after these it runs. */
const settleQuanta = 375;

/** In the page: watches frames and long tasks for a time. */
async function watchFrames(seconds: number): Promise<Frames> {
  const [longFramesMs, longTasksMs]: [number[], number[]] = [[], []];
  const observer = new PerformanceObserver((list) => {
    for (const { entryType, duration } of list.getEntries()) {
      (entryType === 'longtask' ? longTasksMs : longFramesMs).push(duration);
    }
  });
  for (const type of ['longtask', 'long-animation-frame']) observer.observe({ type });
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame);
    // Not the frame's own time, which is on the grid of the display however late its turn comes.
    times.push(performance.now());
  }
  observer.disconnect();
  return {
    intervalsMs: times.slice(1).map((time, i) => time - times[i]!),
    longFramesMs,
    longTasksMs,
  };
}

const viewsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('quanta-rail a')].map((link) =>
      link.getAttribute('href')!.slice(1),
    ),
  );

function resultsOf(view: string, { intervalsMs, longFramesMs, longTasksMs }: Frames): Result[] {
  const worst = (samples: readonly number[]): number[] =>
    samples.length === 0 ? [0] : [...samples];
  return [
    resultOf({ name: `views/${view}/frame-interval`, unit: 'ms' }, intervalsMs),
    resultOf({ name: `views/${view}/long-frames`, unit: 'ms' }, worst(longFramesMs)),
    resultOf({ name: `views/${view}/long-tasks`, unit: 'ms' }, worst(longTasksMs)),
  ];
}

test('views', async ({ lab, labPage, browser }) => {
  const { details } = await measure('views', browser, async (): Promise<Found> => {
    await startPage(labPage, lab.url);
    await beginLab(labPage, FEATURE_SETS.effects);
    const results: Result[] = [];
    const views: Record<string, unknown> = {};
    for (const view of await viewsOf(labPage)) {
      await showView(labPage, view);
      await runQuanta(labPage, settleQuanta);
      const { value, threads } = await withThreads(browser, () =>
        labPage.evaluate(watchFrames, measureSec / 2),
      );
      results.push(...resultsOf(view, value));
      const { longFramesMs, longTasksMs } = value;
      views[view] = { longFrames: longFramesMs.length, longTasks: longTasksMs.length, threads };
    }
    return { results, details: { views } };
  });
  expect(Object.keys(details['views'] as object)).toContain('spectrum');
});
