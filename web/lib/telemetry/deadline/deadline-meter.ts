import type { DeadlineCounts, DeadlineView } from '../../../shared/deadline-view.ts';
import { deadlineClock } from '../../../shared/layout.gen.ts';
import { reject } from '../../errors.ts';
import type { DeadlineReading, DeadlineSource, DeadlineSourceKind } from './deadline-reading.ts';
import { windowOf } from './deadline-window.ts';
import { clockMean, CostDistribution, dateMean, notMeasurable } from './figures.ts';

/** A moment from which a window begins. */
export type DeadlineMark = DeadlineCounts;

/** How quanta are chosen. */
export interface DeadlineOptions {
  /** One quantum in so many, on average, from 1 to 4096. Default 64. */
  readonly every?: number;
}

/** Where the counts are read; undefined without an engine. */
interface CountsPlace {
  readonly deadline: DeadlineView | undefined;
}

/** Who chooses the quanta. */
interface CostProcessor {
  measureDeadline(every: number): void;
}

const defaultEvery = 64;
const maxEvery = 4096;

const kinds: Readonly<Record<number, DeadlineSourceKind>> = {
  [deadlineClock.temporal]: 'temporal',
  [deadlineClock.worker]: 'clock-worker',
  [deadlineClock.date]: 'date',
};

/**
 * What quanta really cost, measured on the audio thread in some of them. Page only.
 *
 * The audio thread has no clock but `Date.now()` and, in some browsers, `Temporal`; each reading
 * leaves garbage. So one quantum in 64 is measured, at which rate no collection follows in ten minutes.
 *
 * ```ts
 * const mark = session.telemetry.deadline.mark();
 * // ... some seconds later
 * const { p99, source } = session.telemetry.deadline.read(mark);
 * console.log(p99.valid ? `${p99.valueUs} µs by ${source.kind}` : p99.reason);
 * ```
 */
export class DeadlineMeter {
  readonly #place: CountsPlace;
  readonly #processor: CostProcessor;

  constructor(place: CountsPlace, processor: CostProcessor) {
    this.#place = place;
    this.#processor = processor;
  }

  /** This moment, to begin or to end a window with; undefined without an engine. */
  mark(): DeadlineMark | undefined {
    return this.#place.deadline?.read();
  }

  /**
   * The figures of a window: from one mark, or the start, to another, or now. It takes some
   * milliseconds: read it a few times a second at most.
   *
   * Percentiles are those of the durations, not of the clock's readings: `recoverCosts` says how.
   */
  read(since?: DeadlineMark, until: DeadlineMark | undefined = this.mark()): DeadlineReading {
    return until === undefined ? nothing : readingOf(windowOf(until, since));
  }

  /**
   * Chooses quanta anew. The default costs no collection in ten minutes. All of them (`every: 1`), for
   * profiling, cost the audio thread a microsecond per quantum and a collection of its garbage, some
   * tenths of a millisecond, about every 20 s.
   *
   * @throws RangeError
   */
  measure(options: DeadlineOptions = {}): void {
    const { every = defaultEvery } = options;
    if (!Number.isInteger(every) || every < 1 || every > maxEvery) {
      reject('measure.every', `a whole number from 1 to ${maxEvery}`, every);
    }
    this.#processor.measureDeadline(every);
  }
}

function readingOf(counts: DeadlineCounts): DeadlineReading {
  const { words } = counts;
  const source = sourceOf(counts);
  return {
    budgetUs: words.budgetNs / 1000,
    quanta: words.quanta,
    measured: words.measured,
    refused: words.refused,
    coverage: words.quanta === 0 ? 0 : words.measured / words.quanta,
    every: words.every,
    source,
    ...(source.kind === 'date' ? withoutClock(source.reason) : clockFigures(counts)),
    dateMean: dateMean(counts),
    overBudget: words.overBudget,
    lastOverBudgetFrame: words.overBudget === 0 ? null : words.lastOverFrame,
  };
}

type ClockFigures = Pick<
  DeadlineReading,
  'p50' | 'p95' | 'p99' | 'p999' | 'max' | 'mean' | 'histogram'
>;

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
  const mean = { ...none, standardErrorUs: null };
  return { p50: none, p95: none, p99: none, p999: none, max: none, mean, histogram: [] };
}

function sourceOf({ words }: DeadlineCounts): DeadlineSource {
  const kind = kinds[words.clock] ?? 'none';
  return {
    kind,
    resolutionUs: kind === 'none' ? null : words.stepNs / 1000,
    reason: reasons[kind],
  };
}

const reasons: Readonly<Record<DeadlineSourceKind, string>> = {
  temporal: 'Temporal has the finest steps of all clocks on the audio thread here.',
  'clock-worker': 'It was asked for: a Worker writes the time all the while.',
  date: 'No clock on the audio thread has steps shorter than a millisecond here.',
  none: 'There is no engine that could keep the figures.',
};

const nothing: DeadlineReading = {
  budgetUs: 0,
  quanta: 0,
  measured: 0,
  refused: 0,
  coverage: 0,
  every: 0,
  source: { kind: 'none', resolutionUs: null, reason: reasons.none },
  ...withoutClock(reasons.none),
  dateMean: { ...notMeasurable(reasons.none), standardErrorUs: null },
  overBudget: 0,
  lastOverBudgetFrame: null,
};
