import type { SharedClock } from '../../shared/shared-clock.ts';

/** The audio clock and this thread's `performance.now()`. Page or Worker. */
export class BusClock {
  readonly #shared: SharedClock;

  constructor(shared: SharedClock) {
    this.#shared = shared;
  }

  /**
   * When a moment of the audio clock is at the output, on this thread's `performance.now()`: to
   * compare it with what the thread itself measures. A sample entered the worklet earlier than it is
   * at the output, by `outputLatencyMs` and `baseLatencyMs` of the telemetry.
   *
   * @param audioMs Such as a chunk's `timestampMs`.
   * @returns Null until the session has measured it.
   */
  toPerformanceMs(audioMs: number): number | null {
    const { mapping } = this.#shared;
    if (mapping === null) return null;
    const wallMs = mapping.wallMs + (audioMs - mapping.audioMs) * mapping.wallPerAudio;
    return wallMs - performance.timeOrigin;
  }

  /** The other way round. */
  toAudioMs(performanceMs: number): number | null {
    const { mapping } = this.#shared;
    if (mapping === null) return null;
    const wallMs = performanceMs + performance.timeOrigin;
    return mapping.audioMs + (wallMs - mapping.wallMs) / mapping.wallPerAudio;
  }
}
