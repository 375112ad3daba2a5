import { aWeightingDb } from './a-weighting.ts';
import type { FrequencyAxis } from './frequency-axis.ts';

/** What decides how a spectrum falls on pixel columns. */
export interface ColumnPlan {
  readonly axis: FrequencyAxis;
  readonly columns: number;
  readonly sampleRate: number;
  readonly bins: number;
  readonly weighted: boolean;
}

/**
 * Turns the levels of bins into those of pixel columns: the loudest of the bins that share a column, or
 * a curve through them where columns are narrower. Everything is worked out beforehand, so that
 * a picture allocates nothing.
 */
export class SpectrumColumns {
  readonly plan: ColumnPlan;
  /** Level of each column, from the last call of `measure`. */
  readonly levelsDb: Float32Array;
  readonly #edges: Float64Array;
  readonly #weightDb: Float32Array;

  constructor(plan: ColumnPlan) {
    const { axis, columns, sampleRate, bins, weighted } = plan;
    this.plan = plan;
    this.levelsDb = new Float32Array(columns);
    const binHz = sampleRate / 2 / (bins - 1);
    this.#edges = Float64Array.from(
      { length: columns + 1 },
      (_, column) => axis.hz(column / columns) / binHz,
    );
    this.#weightDb = Float32Array.from({ length: columns }, (_, column) =>
      weighted ? aWeightingDb(axis.hz((column + 0.5) / columns)) : 0,
    );
  }

  /** Whether it was made for this. */
  fits({ axis, columns, sampleRate, bins, weighted }: ColumnPlan): boolean {
    const { plan } = this;
    return (
      plan.axis === axis &&
      plan.columns === columns &&
      plan.sampleRate === sampleRate &&
      plan.bins === bins &&
      plan.weighted === weighted
    );
  }

  /** Measures every column. */
  measure(binsDb: Float32Array): Float32Array {
    for (let column = 0; column < this.levelsDb.length; column += 1) {
      const from = this.#edges[column] ?? 0;
      const to = this.#edges[column + 1] ?? 0;
      const first = Math.ceil(from);
      const levelDb = first < to ? loudest(binsDb, first, to) : between(binsDb, (from + to) / 2);
      this.levelsDb[column] = levelDb + (this.#weightDb[column] ?? 0);
    }
    return this.levelsDb;
  }
}

/** The level between two bins, on a curve in decibels. */
export function levelAt(binsDb: Float32Array, bin: number): number {
  return between(binsDb, Math.min(binsDb.length - 1, Math.max(0, bin)));
}

function loudest(binsDb: Float32Array, first: number, end: number): number {
  let most = -Infinity;
  for (let bin = first; bin < end; bin += 1) {
    const levelDb = binsDb[bin] ?? -Infinity;
    if (levelDb > most) most = levelDb;
  }
  return most;
}

function between(binsDb: Float32Array, bin: number): number {
  const low = Math.floor(bin);
  const lowDb = binsDb[low] ?? -Infinity;
  const highDb = binsDb[low + 1] ?? lowDb;
  const share = bin - low;
  const slopeBefore = (highDb - (binsDb[low - 1] ?? lowDb)) / 2;
  const slopeAfter = ((binsDb[low + 2] ?? highDb) - lowDb) / 2;
  // Hermite's cubic with Catmull and Rom's slopes: exact on a parabola, which a window's lobe nearly is
  // in decibels.
  const rise = highDb - lowDb;
  const curve = share * (1 - share);
  const bend = (1 - share) * (slopeBefore - rise) - share * (slopeAfter - rise);
  const levelDb = lowDb + share * rise + curve * bend;
  return Number.isFinite(levelDb) ? levelDb : lowDb;
}
