/**
 * When to look at a ring again. The writer is the audio thread, which wakes nobody, because that
 * takes a lock. But it writes by a clock, so a listener knows when the next slots are due: it sleeps
 * until shortly before, and then looks again and again.
 */

// Time between two looks from then on, until the slots are there.
const pollMs = 1;
// Sleeps end late on a busy machine; a look before the slots are due tells how late they are seen.
const marginMs = 2;
// Arrivals are remembered for one to two seconds of chunks: then a new rhythm counts.
const rememberMs = 1000;
// What was slept through may have come this much earlier.
const maxEarlyMs = 5;
// A device's callback brings several quanta at once: the next slots may come this much earlier.
const burstMs = 10;
// Later than this, the writer stands still, and when it goes on there is a new rhythm to learn. Polls
// become rarer meanwhile, up to the second figure.
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
    const arrivedMs = Math.max(missingMs, nowMs - maxEarlyMs) - published * this.#periodMs;
    const isNew = this.#originMs === Infinity || arrivedMs - this.#originMs > stallMs;
    if (isNew) return this.#begin(arrivedMs, nowMs);
    if (nowMs >= this.#stretchEndMs) this.#turn(nowMs);
    this.#earliestMs = Math.min(this.#earliestMs, arrivedMs);
  }

  /** How long to sleep at `nowMs` for there to be `wanted` slots in all. */
  delayMs(wanted: number, nowMs: number): number {
    if (this.#originMs === Infinity) return pollMs;
    const dueMs = this.#originMs + wanted * this.#periodMs - marginMs - nowMs;
    if (dueMs > pollMs) return dueMs;
    const lateMs = -dueMs - stallMs;
    return Math.min(Math.max(pollMs, lateMs / 4), maxPollMs);
  }

  get #originMs(): number {
    return Math.min(this.#earliestMs, this.#earlierMs);
  }

  #begin(arrivedMs: number, nowMs: number): void {
    this.#earlierMs = Infinity;
    this.#earliestMs = arrivedMs - burstMs;
    this.#stretchEndMs = nowMs + rememberMs;
  }

  #turn(nowMs: number): void {
    this.#earlierMs = this.#earliestMs;
    this.#earliestMs = Infinity;
    this.#stretchEndMs = nowMs + rememberMs;
  }
}
