// Device buffers and the graph's quanta come in bursts of ten milliseconds, in any phase: the least of
// this many readings is free of that.
const windowReadings = 8;

/**
 * Audio that a device delivered and the graph never got: the browser drops it without a word when it
 * cannot hand it over in time. What was delivered minus what was received, as it grows from where the
 * first readings found it.
 */
export class LossMeter {
  readonly #window: number[] = [];
  #baselineMs: number | null = null;
  #carriedMs = 0;

  /** Takes a reading: both as they have grown since any moment. */
  update(deliveredMs: number, receivedMs: number): void {
    this.#window.push(deliveredMs - receivedMs);
    if (this.#window.length < windowReadings) return;
    if (this.#window.length > windowReadings) this.#window.shift();
    this.#baselineMs ??= this.#leastMs;
  }

  /** The graph was held on purpose: what the device delivers meanwhile is not lost. */
  hold(): void {
    this.#carriedMs = this.lossMs ?? 0;
    this.#window.length = 0;
    this.#baselineMs = null;
  }

  /** Milliseconds, to about one; null before there are readings enough. */
  get lossMs(): number | null {
    if (this.#baselineMs === null) return this.#carriedMs === 0 ? null : this.#carriedMs;
    return this.#carriedMs + Math.max(0, this.#leastMs - this.#baselineMs);
  }

  get #leastMs(): number {
    return Math.min(...this.#window);
  }
}
