import type { BusClock } from '../bus/bus-clock.ts';
import type { SharedClock } from '../../shared/shared-clock.ts';
import { ClockModel, type ClockStep } from './clock-model.ts';

// Often enough to find a step soon; seldom enough to cost nothing.
const readingMs = 250;

/**
 * How the audio clock runs against `performance.now()`: found out from
 * `AudioContext.getOutputTimestamp()`, four times a second while the context runs. Page only; in
 * Workers, `listener.clock` has the mapping.
 */
export class SessionClock {
  readonly #context: AudioContext;
  readonly #model = new ClockModel();
  readonly #shared: SharedClock;
  readonly #mapped: BusClock;

  /**
   * @param mapped The same words as `shared`, read.
   * @param signal Ends the readings.
   */
  constructor(context: AudioContext, shared: SharedClock, mapped: BusClock, signal: AbortSignal) {
    this.#context = context;
    this.#shared = shared;
    this.#mapped = mapped;
    const timer = setInterval(() => this.read(), readingMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    context.addEventListener('statechange', () => this.#model.hold(), { signal });
  }

  /**
   * When a moment of the audio clock is at the output, on the page's `performance.now()`. Null before
   * the clock was read.
   *
   * Steps change the mapping from where they were found on: it is for moments of the last second.
   *
   * @param audioMs On the audio clock, such as a chunk's `timestampMs`.
   */
  toPerformanceMs(audioMs: number): number | null {
    return this.#mapped.toPerformanceMs(audioMs);
  }

  /** The other way round. */
  toAudioMs(performanceMs: number): number | null {
    return this.#mapped.toAudioMs(performanceMs);
  }

  /** Parts per million; positive: the audio clock is fast. Null until there are readings enough. */
  get driftPpm(): number | null {
    return this.#model.drift?.ppm ?? null;
  }

  /** Half width of the drift's 95 % confidence interval. */
  get driftPpmConfidence(): number | null {
    return this.#model.drift?.ppmConfidence ?? null;
  }

  /** Jumps of the browser's clock, as when the machine stalls: the newest hundred. */
  get steps(): readonly ClockStep[] {
    return this.#model.steps;
  }

  /** Sum of all steps. */
  get stepsMs(): number {
    return this.#model.stepsMs;
  }

  /** How far the last reading lay from what the ones before it foretold. */
  get residualMs(): number {
    return this.#model.residualMs;
  }

  /** Takes a reading now, beside those that the clock takes by itself. */
  read(): void {
    if (this.#context.state !== 'running') return;
    const { contextTime = 0, performanceTime = 0 } = this.#context.getOutputTimestamp();
    if (contextTime <= 0 || performanceTime <= 0) return;
    this.#model.update(contextTime, performanceTime);
    const wallMs = this.#model.toWallMs(contextTime);
    this.#shared.write({
      audioMs: contextTime * 1000,
      wallMs: performance.timeOrigin + wallMs,
      wallPerAudio: (this.#model.toWallMs(contextTime + 1) - wallMs) / 1000,
    });
  }
}
