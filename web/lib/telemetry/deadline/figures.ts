/** From counts to figures that say themselves whether they are any good. */
import { bucketBeginNs, type DeadlineCounts } from '../../../shared/deadline-view.ts';
import { recoverCosts } from './cost-distribution.ts';
import type { DeadlineBin, DeadlineFigure, DeadlineMean } from './deadline-reading.ts';

const nsPerUs = 1000;
// A percentile rests on this many quanta above it, and the median on as many below.
const leastBeyond = 5;
/** A mean rests on this many quanta. */
export const leastForMean = 30;
// The least duration whose percentiles come out right to a tenth, in steps of the clock: steps that
// are moved tell more of what lies between them.
const leastSteps = { jittered: 2, even: 5 };

/** A figure that cannot be had here. */
export function notMeasurable(reason: string): Extract<DeadlineFigure, { valid: false }> {
  return { valid: false, valueUs: null, budgetShare: null, reason };
}

/** A mean that cannot be had here. */
export function notMeasurableMean(reason: string): DeadlineMean {
  return { ...notMeasurable(reason), standardErrorUs: null };
}

function figure(valueUs: number, budgetUs: number): Extract<DeadlineFigure, { valid: true }> {
  return { valid: true, valueUs, budgetShare: valueUs / budgetUs, reason: null };
}

/** The distribution behind the readings, with its percentiles. */
export class CostDistribution {
  readonly #costs: Float64Array;
  readonly #measured: number;
  readonly #budgetUs: number;
  readonly #stepUs: number;
  readonly #leastUs: number;

  constructor({ words, buckets }: DeadlineCounts) {
    const jittered = words.jittered !== 0;
    this.#costs = recoverCosts(buckets, { stepNs: words.stepNs, jittered });
    this.#measured = words.measured;
    this.#budgetUs = words.budgetNs / nsPerUs;
    this.#stepUs = words.stepNs / nsPerUs;
    this.#leastUs = this.#stepUs * (jittered ? leastSteps.jittered : leastSteps.even);
  }

  /** @param share From 0 to 1. */
  percentile(share: number): DeadlineFigure {
    const beyond = Math.min(share, 1 - share) * this.#measured;
    if (beyond < leastBeyond) return notMeasurable(tooFew(this.#measured));
    return this.#figure(this.#quantileUs(share));
  }

  /** @param maxNs Of the readings. */
  max(maxNs: number): DeadlineFigure {
    return this.#measured === 0 ? notMeasurable(tooFew(0)) : this.#figure(maxNs / nsPerUs);
  }

  get histogram(): DeadlineBin[] {
    const first = this.#costs.findIndex((quanta) => quanta > 0);
    if (first < 0) return [];
    const last = this.#costs.findLastIndex((quanta) => quanta > 0);
    return Array.from(this.#costs.subarray(first, last + 1), (quanta, i) => ({
      fromUs: bucketBeginNs(first + i) / nsPerUs,
      toUs: bucketBeginNs(first + i + 1) / nsPerUs,
      quanta,
    }));
  }

  #figure(valueUs: number): DeadlineFigure {
    if (valueUs >= this.#leastUs) return figure(valueUs, this.#budgetUs);
    return notMeasurable(
      `The clock’s steps of ${this.#stepUs} µs are too long for what is measured.`,
    );
  }

  #quantileUs(share: number): number {
    const rank = share * this.#costs.reduce((sum, quanta) => sum + quanta, 0);
    let below = 0;
    for (const { fromUs, toUs, quanta } of this.histogram) {
      if (below + quanta >= rank) return fromUs + ((rank - below) / quanta) * (toUs - fromUs);
      below += quanta;
    }
    return 0;
  }
}

/** Of the readings of a clock, which its steps do not bias. */
export function clockMean({ words, buckets }: DeadlineCounts): DeadlineMean {
  const { measured, sumNs, budgetNs } = words;
  if (measured < leastForMean) return notMeasurableMean(tooFew(measured));
  const meanNs = sumNs / measured;
  let squares = 0;
  buckets.forEach((count, i) => (squares += count * (bucketBeginNs(i) - meanNs) ** 2));
  const standardErrorUs = Math.sqrt(squares / measured / (measured - 1)) / nsPerUs;
  return meanFigure(meanNs / nsPerUs, standardErrorUs, budgetNs);
}

/** A mean that is good. */
export function meanFigure(
  valueUs: number,
  standardErrorUs: number,
  budgetNs: number,
): DeadlineMean {
  return { ...figure(valueUs, budgetNs / nsPerUs), standardErrorUs };
}

/** Why so many quanta make no figure. */
export function tooFew(quanta: number): string {
  return `${quanta} measured quanta are too few.`;
}
