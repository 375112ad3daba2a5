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

/** What each bucket's durations are read as: shares by bucket, the one with the most first. */
interface Spread {
  readonly bucket: number;
  readonly readAs: readonly (readonly [bucket: number, share: number])[];
}

/**
 * The durations behind the readings: how many fell into each bucket, which is no whole number any more.
 *
 * @param readings Counts by bucket, as the clock gave them.
 */
export function recoverCosts(readings: ArrayLike<number>, clock: CostClock): Float64Array {
  const costs = new Float64Array(readings.length);
  const spreads = spreadsOver(readings, clock);
  if (spreads.length === 0) return costs;
  let weights = new Float64Array(spreads.length).fill(1 / spreads.length);
  for (let round = 0; round < rounds; round += 1) weights = sharpen(weights, spreads, readings);
  spreads.forEach(({ bucket }, i) => (costs[bucket] = weights[i] ?? 0));
  return costs;
}

/** One round: each reading is divided among the durations that may have caused it. */
function sharpen(
  weights: Float64Array<ArrayBuffer>,
  spreads: readonly Spread[],
  readings: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const expected = new Float64Array(readings.length);
  spreads.forEach(({ readAs }, i) => {
    const weight = weights[i] ?? 0;
    for (const [bucket, share] of readAs)
      expected[bucket] = (expected[bucket] ?? 0) + share * weight;
  });
  const ratios = expected.map((share, bucket) => (share > 0 ? (readings[bucket] ?? 0) / share : 0));
  return weights.map((weight, i) => {
    let factor = 0;
    for (const [bucket, share] of spreads[i]?.readAs ?? []) factor += share * (ratios[bucket] ?? 0);
    return weight * factor;
  });
}

/** The buckets in which durations may lie, with what they are read as. */
function spreadsOver(readings: ArrayLike<number>, clock: CostClock): Spread[] {
  const spreads: Spread[] = [];
  for (let bucket = 0; bucket < readings.length; bucket += 1) {
    const [from, to] = [bucketBeginNs(bucket), bucketBeginNs(bucket + 1)];
    if (to < clock.stepNs * leastOfStep) continue;
    const readAs =
      to - from > wideSteps * clock.stepNs ? [[bucket, 1] as const] : spread(bucket, clock);
    if (readAs.some(([read]) => (readings[read] ?? 0) > 0)) spreads.push({ bucket, readAs });
  }
  return spreads;
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
