/** What the mapping between the two clocks is made from. */
export interface ClockSources {
  readonly context: AudioContext;
  /** Maps between the audio clock at the output and `performance.now()`; null before it was read. */
  readonly clock: {
    toPerformanceMs(audioMs: number): number | null;
    toAudioMs(performanceMs: number): number | null;
  };
}

/**
 * When something happened on the audio thread, on the page's clock, and the other way round. The
 * session's clock says when a frame is at the output; it was processed the output's latency earlier.
 */
export class TimeBase {
  readonly #sources: ClockSources;

  constructor(sources: ClockSources) {
    this.#sources = sources;
  }

  /** When the frame at a moment of the audio clock was processed. */
  toPageMs(audioMs: number): number {
    const { clock, context } = this.#sources;
    const mapped = clock.toPerformanceMs(audioMs);
    const nowMs = performance.now();
    const pageMs =
      mapped === null ? nowMs + audioMs - context.currentTime * 1000 : mapped - this.#latencyMs;
    return Math.min(pageMs, nowMs);
  }

  /** What was processed at a moment of the page's clock; null before the clock was read. */
  toAudioMs(pageMs: number): number | null {
    return this.#sources.clock.toAudioMs(pageMs + this.#latencyMs);
  }

  get #latencyMs(): number {
    return (this.#sources.context.outputLatency ?? 0) * 1000;
  }
}
