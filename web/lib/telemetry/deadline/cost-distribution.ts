/**
 * Recovers the distribution of durations from what a clock of coarse steps made of them.
 *
 * W. H. Richardson, "Bayesian-based iterative method of image restoration" (JOSA 62, 1972) and L. B.
 * Lucy, "An iterative technique for the rectification of observed distributions" (AJ 79, 1974): the
 * maximum of the likelihood by expectation and maximization, started from no knowledge and stopped
 * before it makes needles of noise.
 */
import { bucketBeginNs, bucketOf } from '../../../shared/deadline-view.ts';
import { readingReach, readingShare } from './clock-kernel.ts';

/** The clock that the durations were read from. */
export interface CostClock {
  readonly stepNs: number;
  readonly jittered: boolean;
}

const rounds = 400;
// A bucket is split so that no part of it is longer than this share of a step.
const partOfStep = 0.25;
// Buckets wider than this many steps hold their readings as they are.
const wideSteps = 4;
// Nothing that is measured takes less than this share of a step.
const leastOfStep = 1 / 32;

/** What the durations of some buckets are read as: a row for each bucket, one after the other. */
interface Spreads {
  readonly buckets: Uint16Array;
  /** Where each row begins, and where the last one ends. */
  readonly begins: Uint32Array;
  /** By row: buckets of readings, and the share that falls into each. */
  readonly reads: Uint16Array;
  readonly shares: Float64Array;
}

type Row = readonly (readonly [bucket: number, share: number])[];

/**
 * The durations behind the readings: how many fell into each bucket, which is no whole number any more.
 *
 * @param readings Counts by bucket, as the clock gave them.
 */
export function recoverCosts(readings: ArrayLike<number>, clock: CostClock): Float64Array {
  const costs = new Float64Array(readings.length);
  const spreads = spreadsOver(readings, clock);
  const count = spreads.buckets.length;
  const weights = new Float64Array(count).fill(1 / count);
  const ratios = new Float64Array(readings.length);
  for (let round = 0; round < rounds; round += 1) {
    expect(ratios, weights, spreads);
    for (let bucket = 0; bucket < ratios.length; bucket += 1) {
      const share = ratios[bucket] ?? 0;
      ratios[bucket] = share > 0 ? (readings[bucket] ?? 0) / share : 0;
    }
    sharpen(weights, ratios, spreads);
  }
  spreads.buckets.forEach((bucket, row) => (costs[bucket] = weights[row] ?? 0));
  return costs;
}

// The zeros after `??` are for the compiler: no index is out of range, and a function that said so would
// take three times as long.

/** What would be read if the durations were as the weights say. */
function expect(readings: Float64Array, weights: Float64Array, spreads: Spreads): void {
  const { begins, reads, shares } = spreads;
  readings.fill(0);
  for (let row = 0; row < weights.length; row += 1) {
    const [end, weight] = [begins[row + 1] ?? 0, weights[row] ?? 0];
    for (let i = begins[row] ?? 0; i < end; i += 1) {
      const read = reads[i] ?? 0;
      readings[read] = (readings[read] ?? 0) + (shares[i] ?? 0) * weight;
    }
  }
}

/** Divides each reading among the durations that may have caused it. */
function sharpen(weights: Float64Array, ratios: Float64Array, spreads: Spreads): void {
  const { begins, reads, shares } = spreads;
  for (let row = 0; row < weights.length; row += 1) {
    const end = begins[row + 1] ?? 0;
    let factor = 0;
    for (let i = begins[row] ?? 0; i < end; i += 1) {
      factor += (shares[i] ?? 0) * (ratios[reads[i] ?? 0] ?? 0);
    }
    weights[row] = (weights[row] ?? 0) * factor;
  }
}

/** The buckets in which durations may lie, with what they are read as. */
function spreadsOver(readings: ArrayLike<number>, clock: CostClock): Spreads {
  const rows: (readonly [bucket: number, row: Row])[] = [];
  for (let bucket = 0; bucket < readings.length; bucket += 1) {
    const [from, to] = [bucketBeginNs(bucket), bucketBeginNs(bucket + 1)];
    if (to < clock.stepNs * leastOfStep) continue;
    const row: Row = to - from > wideSteps * clock.stepNs ? [[bucket, 1]] : spread(bucket, clock);
    if (row.some(([read]) => (readings[read] ?? 0) > 0)) rows.push([bucket, row]);
  }
  const entries = rows.flatMap(([, row]) => row);
  const begins = new Uint32Array(rows.length + 1);
  rows.forEach(([, row], i) => (begins[i + 1] = (begins[i] ?? 0) + row.length));
  return {
    buckets: Uint16Array.from(rows, ([bucket]) => bucket),
    begins,
    reads: Uint16Array.from(entries, ([bucket]) => bucket),
    shares: Float64Array.from(entries, ([, share]) => share),
  };
}

function spread(bucket: number, { stepNs, jittered }: CostClock): [number, number][] {
  const [from, to] = [bucketBeginNs(bucket) / stepNs, bucketBeginNs(bucket + 1) / stepNs];
  const parts = Math.ceil((to - from) / partOfStep);
  const reach = readingReach(jittered);
  const shares = new Map<number, number>();
  for (let part = 0; part < parts; part += 1) {
    const duration = from + ((part + 0.5) / parts) * (to - from);
    const last = Math.floor(duration) + reach;
    for (let ticks = Math.max(0, Math.ceil(duration) - reach); ticks <= last; ticks += 1) {
      const share = readingShare(duration, ticks, jittered) / parts;
      const read = bucketOf(ticks * stepNs);
      if (share > 0) shares.set(read, (shares.get(read) ?? 0) + share);
    }
  }
  return [...shares];
}
