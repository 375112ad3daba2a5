/** From counts to a reading. */
import type { DeadlineCounts } from '../../../shared/deadline-view.ts';
import { deadlineClock } from '../../../shared/layout.gen.ts';
import { dateMean, type Drift } from './date-mean.ts';
import type { DeadlineReading, DeadlineSource, DeadlineSourceKind } from './deadline-reading.ts';
import { clockMean, CostDistribution, notMeasurable, notMeasurableMean } from './figures.ts';

type ClockFigures = Pick<
  DeadlineReading,
  'p50' | 'p95' | 'p99' | 'p999' | 'max' | 'mean' | 'histogram'
>;

const kinds: Readonly<Record<number, DeadlineSourceKind>> = {
  [deadlineClock.temporal]: 'temporal',
  [deadlineClock.worker]: 'clock-worker',
  [deadlineClock.date]: 'date',
};

const reasons: Readonly<Record<DeadlineSourceKind, string>> = {
  temporal: 'Temporal has the finest steps of all clocks on the audio thread here.',
  'clock-worker': 'It was asked for: a Worker writes the time all the while.',
  date: 'No clock on the audio thread has steps much shorter than a millisecond here.',
  none: 'There is no engine that could keep the figures.',
};

/**
 * The figures of what was counted.
 *
 * @param obstacle Why the clock that was asked for is not in use; empty: it is.
 */
export function readingOf(counts: DeadlineCounts, drift: Drift, obstacle: string): DeadlineReading {
  const { words } = counts;
  const source = sourceOf(counts, obstacle);
  return {
    budgetUs: words.budgetNs / 1000,
    quanta: words.quanta,
    measured: words.measured,
    refused: words.refused,
    coverage: words.quanta === 0 ? 0 : words.measured / words.quanta,
    every: words.every,
    source,
    ...(source.kind === 'date' ? withoutClock(reasons.date) : clockFigures(counts)),
    dateMean: dateMean(counts, drift),
    overBudget: words.overBudget,
    lastOverBudgetFrame: words.overBudget === 0 ? null : words.lastOverFrame,
  };
}

function clockFigures(counts: DeadlineCounts): ClockFigures {
  const costs = new CostDistribution(counts);
  return {
    p50: costs.percentile(0.5),
    p95: costs.percentile(0.95),
    p99: costs.percentile(0.99),
    p999: costs.percentile(0.999),
    max: costs.max(counts.words.maxNs),
    mean: clockMean(counts),
    histogram: costs.histogram,
  };
}

function withoutClock(reason: string): ClockFigures {
  const none = notMeasurable(reason);
  const mean = notMeasurableMean(reason);
  return { p50: none, p95: none, p99: none, p999: none, max: none, mean, histogram: [] };
}

function sourceOf({ words }: DeadlineCounts, obstacle: string): DeadlineSource {
  const kind = kinds[words.clock] ?? 'none';
  const reason = obstacle === '' ? reasons[kind] : `${reasons[kind]} ${obstacle}`;
  return { kind, resolutionUs: kind === 'none' ? null : words.stepNs / 1000, reason };
}

/** What there is to say without an engine. */
export const noReading: DeadlineReading = {
  budgetUs: 0,
  quanta: 0,
  measured: 0,
  refused: 0,
  coverage: 0,
  every: 0,
  source: { kind: 'none', resolutionUs: null, reason: reasons.none },
  ...withoutClock(reasons.none),
  dateMean: notMeasurableMean(reasons.none),
  overBudget: 0,
  lastOverBudgetFrame: null,
};
