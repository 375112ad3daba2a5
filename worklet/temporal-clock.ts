import { deadlineClock } from '../web/shared/layout.gen.ts';
import { type QuantumClock, refused } from './quantum-clock.ts';

/** The part of `Temporal` that is used; not every engine has it. */
interface TemporalLike {
  readonly Now: { instant(): { readonly epochNanoseconds: bigint } };
}

// Enough steps to tell their kind, within a fraction of a millisecond where they are short.
const stepsToSee = 64;
// A clock whose steps are longer than this measures no quantum.
const longestStepNs = 200_000;
const maxReadings = 100_000;
// What a step differs from the median by, at least, to count as moved.
const movedBy = 0.25;

/**
 * The wall clock at its finest: `Temporal.Now.instant()`, in steps of 5 µs in an isolated page of
 * Chromium, 100 µs otherwise. Each reading leaves two objects for the garbage collector.
 *
 * Audio thread only.
 */
export class TemporalClock implements QuantumClock {
  readonly kind: number = deadlineClock.temporal;
  readonly stepNs: number;
  readonly jittered: boolean;
  readonly #now: TemporalLike['Now'];
  // Two times, as 64-bit numbers and as their halves: a difference of BigInts would be a third one.
  readonly #times = new BigInt64Array(2);
  readonly #halves = new Int32Array(this.#times.buffer);

  private constructor(now: TemporalLike['Now'], stepNs: number, jittered: boolean) {
    this.#now = now;
    this.stepNs = stepNs;
    this.jittered = jittered;
  }

  /** Null where there is no such clock, or none with steps that are short enough. Takes up to 7 ms. */
  static find(): TemporalClock | null {
    const { Temporal } = globalThis as { readonly Temporal?: TemporalLike };
    if (Temporal === undefined) return null;
    const steps = watchSteps(Temporal.Now);
    if (steps === null) return null;
    return new TemporalClock(Temporal.Now, steps.stepNs, steps.jittered);
  }

  begin(): void {
    this.#times[0] = this.#now.instant().epochNanoseconds;
  }

  end(): number {
    this.#times[1] = this.#now.instant().epochNanoseconds;
    // Modulo 2^32 this is right up to 2 s; the wall clock may be set back, or forward by more.
    const carry = this.#halves[3]! - this.#halves[1]!;
    const elapsed = (this.#halves[2]! - this.#halves[0]!) | 0;
    return elapsed < 0 || carry < 0 || carry > 1 ? refused : elapsed;
  }
}

/** Reads the clock until it has stepped often enough, and says how. */
function watchSteps(now: TemporalLike['Now']): { stepNs: number; jittered: boolean } | null {
  const runs: number[] = [];
  let shortestNs = Infinity;
  let last = now.instant().epochNanoseconds;
  let run = 0;
  for (let reading = 0; reading < maxReadings && runs.length < stepsToSee; reading += 1) {
    const time = now.instant().epochNanoseconds;
    run += 1;
    if (time === last) continue;
    const stepNs = Number(time - last);
    if (stepNs > 0) shortestNs = Math.min(shortestNs, stepNs);
    if (shortestNs > longestStepNs) return null;
    runs.push(run);
    last = time;
    run = 0;
  }
  return runs.length < stepsToSee ? null : { stepNs: shortestNs, jittered: areMoved(runs) };
}

/**
 * Whether steps come at random times. Chromium moves each within its 5 µs (`TimeClamper`), so their
 * distances are spread over 0 to twice the step; steps that are not moved are equally long but for
 * what disturbs the thread.
 */
function areMoved(runs: readonly number[]): boolean {
  const sorted = runs.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const moved = runs.filter((run) => Math.abs(run / median - 1) > movedBy);
  return moved.length / runs.length > 0.35;
}
