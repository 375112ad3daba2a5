import { describe, expect, test } from 'vitest';
import {
  bucketBeginNs,
  bucketOf,
  type DeadlineCounts,
  deadlineOffset,
  DeadlineView,
} from '../../web/shared/deadline-view.ts';
import { watchSteps } from '../../web/shared/clock-steps.ts';
import { constants, deadlineClock, deadlineFields } from '../../web/shared/layout.gen.ts';
import { recoverCosts } from '../../web/lib/telemetry/deadline/cost-distribution.ts';
import { readingShare } from '../../web/lib/telemetry/deadline/clock-kernel.ts';
import { windowOf } from '../../web/lib/telemetry/deadline/deadline-window.ts';
import { noReading, readingOf } from '../../web/lib/telemetry/deadline/reading-of.ts';
import { Thinner } from '../../worklet/thinner.ts';
import { type CoarseClock, readCoarse } from '../support/coarse-clock.ts';
import { engineBuilds, HeadlessEngine } from '../support/engines.ts';
import { seededRandom } from '../support/random.ts';

const chromium: CoarseClock = { stepNs: 5000, jittered: true };
const even: CoarseClock = { stepNs: 5000, jittered: false };
const noDrift = { driftPpm: 0, driftPpmConfidence: 1 };

/** Normal with mean 0 and deviation 1, after Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

type Load = (random: () => number) => number;

const loads: Readonly<Record<string, Load>> = {
  'flat 22 µs': () => 22,
  'flat 60 µs': () => 60,
  'bimodal 15:1': (random) => (random() < 1 / 16 ? 150 : 20),
  'rare spikes': (random) => (random() < 1 / 50 ? 400 : 25 * (1 + 0.1 * normal(random))),
  lognormal: (random) => 25 * Math.exp(0.5 * normal(random)),
};

/** The counts that an engine would have of such quanta. */
function measure(load: Load, clock: CoarseClock, quanta: number, seed: number) {
  const random = seededRandom(seed);
  const buckets = new Uint32Array(constants.deadlineBuckets);
  const words = Object.fromEntries(Object.keys(deadlineFields).map((name) => [name, 0])) as Record<
    keyof typeof deadlineFields,
    number
  >;
  const costsUs = Array.from({ length: quanta }, () => load(random)).toSorted((a, b) => a - b);
  for (const us of costsUs) {
    const ns = readCoarse(us * 1000, clock, random);
    buckets[bucketOf(ns)]! += 1;
    words.sumNs += ns;
    words.maxNs = Math.max(words.maxNs, ns);
  }
  const { stepNs, jittered } = clock;
  const rest = { clock: deadlineClock.temporal, stepNs, jittered: Number(jittered) };
  Object.assign(words, rest, { quanta, measured: quanta, every: 1, budgetNs: 2_666_667 });
  return { counts: { words, buckets } satisfies DeadlineCounts, costsUs };
}

describe('percentiles below the clock’s step', () => {
  test.each(Object.entries(loads))('of a %s load are right to a tenth', (_name, load) => {
    for (const [quanta, seed] of [
      [2000, 1],
      [20_000, 2],
    ] as const) {
      const { counts, costsUs } = measure(load, chromium, quanta, seed);
      const reading = readingOf(counts, noDrift, '');
      for (const [figure, share] of [
        [reading.p50, 0.5],
        [reading.p95, 0.95],
        [reading.p99, 0.99],
      ] as const) {
        const truth = costsUs[Math.floor(share * quanta)]!;
        expect(figure.valid).toBe(true);
        expect(Math.abs(figure.valueUs! / truth - 1), `${share} of ${quanta}`).toBeLessThan(0.1);
      }
    }
  });

  test('are wrong by more than that when they are read without undoing the steps', () => {
    const { counts } = measure(loads['flat 22 µs']!, chromium, 20_000, 3);
    let rank = 0.99 * 20_000;
    const bucket = counts.buckets.findIndex((count) => (rank -= count) <= 0);
    expect(bucketBeginNs(bucket) / 22_000).toBeGreaterThan(1.3);
  });

  test('hold for steps that are not moved, where they are short enough', () => {
    const { counts, costsUs } = measure(
      (random) => 60 * Math.exp(0.5 * normal(random)),
      even,
      20_000,
      4,
    );
    const { p50, p95, p99 } = readingOf(counts, noDrift, '');
    expect(p50.valueUs! / costsUs[10_000]!).toBeCloseTo(1, 1);
    expect(p95.valueUs! / costsUs[19_000]!).toBeCloseTo(1, 1);
    expect(p99.valueUs! / costsUs[19_800]!).toBeCloseTo(1, 1);
  });

  test('lose no quantum', () => {
    const { counts } = measure(loads['lognormal']!, chromium, 5000, 5);
    const costs = recoverCosts(counts.buckets, chromium);
    expect(costs.reduce((sum, quanta) => sum + quanta, 0)).toBeCloseTo(5000, 6);
  });
});

describe('what a clock of coarse steps makes of a duration', () => {
  test.each([chromium, even])('is what it is said to be, with jitter: $jittered', (clock) => {
    const random = seededRandom(6);
    const trials = 100_000;
    for (const steps of [0, 0.3, 0.9, 1, 1.7, 4.4]) {
      const counts = new Map<number, number>();
      for (let trial = 0; trial < trials; trial += 1) {
        const ticks = readCoarse(steps * clock.stepNs, clock, random) / clock.stepNs;
        counts.set(ticks, (counts.get(ticks) ?? 0) + 1);
      }
      for (let ticks = 0; ticks < 8; ticks += 1) {
        const share = readingShare(steps, ticks, clock.jittered);
        expect((counts.get(ticks) ?? 0) / trials).toBeCloseTo(share, 2);
      }
    }
  });
});

describe('figures that cannot be had', () => {
  test('say so where the steps are longer than what is measured, and are never 0', () => {
    const coarse = { stepNs: 100_000, jittered: true };
    const { counts } = measure(() => 22, coarse, 20_000, 7);
    const { p50, p99, mean } = readingOf(counts, noDrift, '');
    for (const figure of [p50, p99]) {
      expect(figure).toMatchObject({ valid: false, valueUs: null, budgetShare: null });
      expect(figure.reason).toContain('steps of 100 µs');
    }
    // The mean needs no short steps.
    expect(Math.abs(mean.valueUs! - 22)).toBeLessThan(3 * mean.standardErrorUs!);
  });

  test('say so where too few quanta were measured', () => {
    const { counts } = measure(() => 50, chromium, 100, 8);
    const { p50, p95, p99, p999 } = readingOf(counts, noDrift, '');
    expect([p50, p95, p99, p999].map(({ valid }) => valid)).toEqual([true, true, false, false]);
    expect(p99.reason).toContain('100');
  });

  test('say so without an engine, and without a clock', () => {
    expect(noReading.p50.reason).toContain('no engine');
    const { counts } = measure(() => 50, chromium, 1000, 9);
    counts.words.clock = deadlineClock.date;
    const { source, p99, histogram } = readingOf(counts, noDrift, 'There are 2 cores.');
    expect(source).toMatchObject({ kind: 'date', resolutionUs: 5 });
    expect(source.reason).toContain('2 cores');
    expect(p99.valid).toBe(false);
    expect(histogram).toEqual([]);
  });
});

describe('the mean by Date.now()', () => {
  const ticked = (quanta: number, ticks: number): DeadlineCounts => {
    const { counts } = measure(() => 50, chromium, 100, 10);
    const dates = { dateQuanta: quanta, dateSumMs: ticks, dateSquareMs: ticks };
    return { ...counts, words: { ...counts.words, ...dates, quanta } };
  };

  test('is shown with its error where the clocks part', () => {
    const drift = { driftPpm: -60, driftPpmConfidence: 10 };
    const { dateMean } = readingOf(ticked(100_000, 3000), drift, '');
    expect(dateMean.valueUs).toBeCloseTo(30, 6);
    // Chance alone: sqrt(0.03 * 0.97 / 100 000) ms = 0.54 µs; 13 sweeps add up to 1.1 µs.
    expect(dateMean.standardErrorUs).toBeGreaterThan(1);
    expect(dateMean.standardErrorUs).toBeLessThan(1.5);
  });

  test.each([
    { driftPpm: 0, driftPpmConfidence: 1 },
    { driftPpm: 60, driftPpmConfidence: 59 },
    { driftPpm: null, driftPpmConfidence: null },
  ])('is not shown where they keep step: %o', (drift) => {
    const { dateMean } = readingOf(ticked(100_000, 3000), drift, '');
    expect(dateMean).toMatchObject({ valid: false, valueUs: null, standardErrorUs: null });
  });
});

describe('a window', () => {
  test('is the difference of its ends', () => {
    const { counts: earlier } = measure(() => 800, chromium, 500, 11);
    const { counts: added } = measure(() => 60, chromium, 1500, 12);
    const later = {
      words: {
        ...earlier.words,
        quanta: 2000,
        measured: 2000,
        sumNs: earlier.words.sumNs + added.words.sumNs,
      },
      buckets: earlier.buckets.map((count, i) => count + added.buckets[i]!),
    };
    const { measured, p50, max, mean } = readingOf(windowOf(later, earlier), noDrift, '');
    expect(measured).toBe(1500);
    expect(p50.valueUs! / 60).toBeCloseTo(1, 1);
    expect(mean.valueUs! / 60).toBeCloseTo(1, 1);
    expect(max.valueUs).toBeLessThan(75);
  });

  test('begins anew when another clock took over', () => {
    const { counts: earlier } = measure(() => 800, chromium, 500, 13);
    const { counts: later } = measure(() => 60, even, 100, 14);
    expect(windowOf(later, earlier)).toBe(later);
  });
});

describe.each(engineBuilds)('the %s build', (build) => {
  test('keeps costs where the page looks for them', async () => {
    const engine = await HeadlessEngine.start(build, 1024);
    engine.exports.set_deadline_clock(deadlineClock.temporal, 5000, 1, 16);
    const view = new DeadlineView(engine.buffer, deadlineOffset(engine.buffer));
    const random = seededRandom(15);
    const costs = Array.from({ length: 2000 }, () => Math.floor(2 ** (31 * random())));
    for (const ns of costs) engine.exports.record_cost(ns);
    const { words, buckets } = view.read()!;
    expect(words).toMatchObject({ stepNs: 5000, jittered: 1, every: 16, measured: 2000 });
    expect(words.sumNs).toBe(costs.reduce((sum, ns) => sum + ns, 0));
    expect(words.maxNs).toBe(Math.max(...costs));
    const expected = new Uint32Array(constants.deadlineBuckets);
    for (const ns of costs) expected[bucketOf(ns)]! += 1;
    expect(buckets).toEqual(expected);
  });
});

test('every bucket begins where the one before it ends', () => {
  for (let bucket = 0; bucket < constants.deadlineBuckets; bucket += 1) {
    const begin = bucketBeginNs(bucket);
    expect(bucketOf(begin)).toBe(bucket);
    expect(bucketOf(bucketBeginNs(bucket + 1) - 0.5)).toBe(bucket);
  }
});

describe('quanta are chosen', () => {
  test.each([1, 2, 16, 128])('one in %i on average, whatever the burst', (every) => {
    const thinner = new Thinner(every);
    const chosen = Array.from({ length: 200_000 }, (_, i) => i).filter(() => thinner.next());
    expect((chosen.length * every) / 200_000).toBeCloseTo(1, 1);
    for (const burst of [3, 4, 15]) {
      const places = Array.from({ length: burst }, () => 0);
      for (const quantum of chosen) places[quantum % burst]! += 1;
      for (const place of places) expect((place * burst) / chosen.length).toBeCloseTo(1, 0);
    }
  });
});

describe('a clock’s steps', () => {
  /** A clock that is read every so often, as fast as a loop can. */
  const readings = (clock: CoarseClock, readNs: number): (() => number) => {
    const random = seededRandom(16);
    const moved = new Map<number, number>();
    let ns = 0;
    return () => {
      ns += readNs;
      const place = Math.floor(ns / clock.stepNs);
      if (!clock.jittered) return place * clock.stepNs;
      if (!moved.has(place)) moved.set(place, random());
      return (place + Number(ns / clock.stepNs - place >= moved.get(place)!)) * clock.stepNs;
    };
  };

  test.each([chromium, even, { stepNs: 100_000, jittered: true }])('are found: %o', (clock) => {
    expect(watchSteps(readings(clock, 370))).toEqual(clock);
  });

  test('of a millisecond are of no use', () => {
    expect(watchSteps(readings({ stepNs: 1_000_000, jittered: false }, 370))).toBeNull();
  });
});
