/**
 * When to look at a ring again. The writer is the audio thread, which wakes nobody, because that
 * takes a lock. But it writes by a clock, so a listener knows when the next slots are due: it sleeps
 * until shortly before, and then looks again and again.
 */

// From then on until the slots are there.
const pollMs = 1;
// Arrivals are remembered for one to two seconds of chunks: then a new rhythm counts.
const rememberMs = 1000;
// What was slept through may have come this much earlier.
const maxEarlyMs = 5;
// Later than this, the writer stands still. Polls become rarer, up to the second figure.
const stallMs = 100;
const maxPollMs = 25;

/** Learns a ring's rhythm. Times are of any one clock, in milliseconds. */
export class Pacer {
  readonly #periodMs: number;
  // Earliest arrivals, as the time at which slot 0 would have come: in the present stretch of time
  // and in the one before.
  #earliestMs = Infinity;
  #earlierMs = Infinity;
  #stretchEndMs = -Infinity;

  /** @param periodMs Time of one slot. */
  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  /**
   * Takes an arrival.
   * @param published Slots that were published at `nowMs`,
   * @param missingMs and the last time at which that many were not.
   */
  saw(published: number, nowMs: number, missingMs: number): void {
    if (nowMs >= this.#stretchEndMs) {
      this.#earlierMs = this.#earliestMs;
      this.#earliestMs = Infinity;
      this.#stretchEndMs = nowMs + rememberMs;
    }
    const arrivedMs = Math.max(missingMs, nowMs - maxEarlyMs);
    this.#earliestMs = Math.min(this.#earliestMs, arrivedMs - published * this.#periodMs);
  }

  /** How long to sleep at `nowMs` for there to be `wanted` slots in all. */
  delayMs(wanted: number, nowMs: number): number {
    const originMs = Math.min(this.#earliestMs, this.#earlierMs);
    if (originMs === Infinity) return pollMs;
    const dueMs = originMs + wanted * this.#periodMs - nowMs;
    if (dueMs > pollMs) return dueMs;
    const lateMs = -dueMs - stallMs;
    return Math.min(Math.max(pollMs, lateMs / 4), maxPollMs);
  }
}
