import { type ClockSteps, watchSteps } from '../web/shared/clock-steps.ts';
import { deadlineClock } from '../web/shared/layout.gen.ts';
import { type QuantumClock, refused } from './quantum-clock.ts';

/** The part of `Temporal.Now` that is used; not every browser has it. */
interface TemporalNow {
  instant(): { readonly epochNanoseconds: bigint };
}

const wordRange = 2 ** 32;

/**
 * The wall clock at its finest: `Temporal.Now.instant()`, in steps of 5 µs in an isolated page of
 * Chromium, 100 µs otherwise. Each reading leaves a hundred bytes to the garbage collector.
 *
 * Audio thread only.
 */
export class TemporalClock implements QuantumClock {
  readonly kind: number = deadlineClock.temporal;
  readonly #now: TemporalNow;
  readonly #steps: ClockSteps | null;
  // Two times, as 64-bit numbers and as their halves: a difference of BigInts would be a third one.
  readonly #times = new BigInt64Array(2);
  readonly #halves = new Int32Array(this.#times.buffer);

  private constructor(now: TemporalNow) {
    this.#now = now;
    this.#steps = watchSteps(() => this.#readNs());
  }

  /** Null where there is no such clock, or none with steps that are short enough. Takes up to 7 ms. */
  static find(): TemporalClock | null {
    const { Temporal } = globalThis as { readonly Temporal?: { readonly Now: TemporalNow } };
    const clock = Temporal === undefined ? null : new TemporalClock(Temporal.Now);
    return clock === null || clock.#steps === null ? null : clock;
  }

  get stepNs(): number {
    return this.#steps?.stepNs ?? 0;
  }

  get jittered(): boolean {
    return this.#steps?.jittered ?? false;
  }

  begin(): void {
    this.#times[0] = this.#now.instant().epochNanoseconds;
  }

  end(): number {
    this.#times[1] = this.#now.instant().epochNanoseconds;
    // Modulo 2^32 this is right up to 2 s. The wall clock may have been set: back, or by more.
    const carry = this.#halves[3]! - this.#halves[1]!;
    const elapsed = (this.#halves[2]! - this.#halves[0]!) | 0;
    return elapsed < 0 || carry < 0 || carry > 1 ? refused : elapsed;
  }

  // Seconds of it are exact as a number; all of it would not be.
  #readNs(): number {
    this.begin();
    return (this.#halves[1]! & 0xffff) * wordRange + (this.#halves[0]! >>> 0);
  }
}
