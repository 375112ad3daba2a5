import type { DeadlineCounts } from '../../../shared/deadline-view.ts';
import type { DeadlineMean } from './deadline-reading.ts';
import { leastForMean, meanFigure, notMeasurableMean, tooFew } from './figures.ts';

/** How the audio clock runs against the system's; null: not known yet. */
export interface Drift {
  readonly driftPpm: number | null;
  readonly driftPpmConfidence: number | null;
}

const usPerMs = 1000;
const nsPerMs = 1e6;
// The quanta have to pass all moments between two ticks at least so often.
const leastSweeps = 2;

/**
 * The mean by `Date.now()` alone: a cost shorter than its millisecond shows as the share of quanta in
 * which it ticked.
 *
 * That takes quanta which begin at any moment between two ticks, and audio devices call at whole
 * milliseconds. What moves the quanta is the difference of the two clocks, so without one there is no
 * figure. A last sweep that is cut off may be off by half of what one of all sweeps counts.
 */
export function dateMean({ words }: DeadlineCounts, drift: Drift): DeadlineMean {
  const { dateQuanta: n, dateSumMs: sum, dateSquareMs: squares, budgetNs, quanta } = words;
  if (n < leastForMean) return notMeasurableMean(tooFew(n));
  const sweeps = sweptMs(drift, (quanta * budgetNs) / nsPerMs);
  if (sweeps < leastSweeps) return notMeasurableMean(notSwept);
  const meanMs = sum / n;
  const ofChance = Math.max(0, squares / n - meanMs * meanMs) / (n - 1);
  const ofSweep = (meanMs / (2 * sweeps)) ** 2;
  return meanFigure(meanMs * usPerMs, Math.sqrt(ofChance + ofSweep) * usPerMs, budgetNs);
}

const notSwept =
  'Date.now() ticks once a millisecond, and the quanta have not begun at all moments in between yet.';

/** Milliseconds by which the two clocks have parted for certain. */
function sweptMs({ driftPpm, driftPpmConfidence }: Drift, elapsedMs: number): number {
  const ppm = Math.abs(driftPpm ?? 0) - (driftPpmConfidence ?? Infinity);
  return Math.max(0, ppm * 1e-6 * elapsedMs);
}
