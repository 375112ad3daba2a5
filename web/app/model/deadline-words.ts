/** What the deadline meter says, in words. */
import type {
  DeadlineFigure,
  DeadlineMean,
  DeadlineReading,
  DeadlineSource,
} from '../../lib/index.ts';
import { formatCount, formatFixed } from '../format.ts';

/** What stands where a figure cannot be had. */
export const notHere = 'not measurable here';

const clockNames: Readonly<Record<DeadlineSource['kind'], string>> = {
  temporal: 'Temporal',
  'clock-worker': 'a clock Worker',
  date: 'Date.now()',
  none: 'no clock',
};

/** `31.4` or `2 667`: microseconds with three digits or more. */
export function formatUs(us: number): string {
  return us < 100 ? formatFixed(us, 1) : formatCount(Math.round(us));
}

/** `1.2 %` of the budget. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${formatFixed(percent, percent < 10 ? 1 : 0)} %`;
}

/** A figure with its share of the budget, or why there is none. */
export function figureInWords(figure: DeadlineFigure | DeadlineMean): string {
  if (!figure.valid) return `${notHere}: ${figure.reason}`;
  return `${formatUs(figure.valueUs)} µs, ${formatShare(figure.budgetShare)} of the budget`;
}

/** What the clock behind the figures is called. */
export function clockName({ kind }: DeadlineSource): string {
  return clockNames[kind];
}

/** The clock behind the figures: `Temporal, steps of 5 µs`. */
export function clockInWords({ kind, resolutionUs }: DeadlineSource): string {
  const steps = resolutionUs === null ? '' : `, steps of ${formatUs(resolutionUs)} µs`;
  return `${clockNames[kind]}${steps}`;
}

/** The highest percentile that there are quanta enough for: p99 takes a few minutes. */
export function surestPercentile(reading: DeadlineReading): {
  readonly name: 'p99' | 'p95' | 'p50';
  readonly figure: DeadlineFigure;
} {
  const name = (['p99', 'p95', 'p50'] as const).find((each) => reading[each].valid) ?? 'p99';
  return { name, figure: reading[name] };
}

/** How many quanta the figures rest on. */
export function coverageInWords({ measured, quanta, coverage }: DeadlineReading): string {
  const share = formatFixed(coverage * 100, coverage < 0.1 ? 1 : 0);
  return `${formatCount(measured)} of ${formatCount(quanta)} quanta measured, ${share} %`;
}

/** The mean by the clock that every browser has, with its standard error. */
export function dateMeanInWords({ dateMean }: DeadlineReading): string {
  if (!dateMean.valid) return `Mean by Date.now(): ${notHere}. ${dateMean.reason}`;
  const error = formatUs(dateMean.standardErrorUs);
  return `Mean by Date.now(): ${formatUs(dateMean.valueUs)} ± ${error} µs`;
}
