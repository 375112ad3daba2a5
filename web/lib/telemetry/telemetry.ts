import type { PipelineStatus } from '../bus/pipeline-status.ts';
import { constants, telemetryFields } from '../../shared/layout.gen.ts';
import type { EngineTelemetry, TelemetryView } from '../../shared/telemetry-view.ts';
import type { CaptureLoss } from './capture-loss.ts';
import type { SessionClock } from './clock-follower.ts';
import type { DeadlineMeter } from './deadline/deadline-meter.ts';
import { toDb } from './decibels.ts';
import { readUnderruns, type Underruns } from './playback-stats.ts';
import { RateMeter } from './rate-meter.ts';
import type { Scope } from './scope.ts';

/** Level of the input: the louder channel for the peak, the mean power of both for the RMS. */
export interface Level {
  /** dBFS, -Infinity for silence. The meter falls 20 dB in 1.7 s. */
  readonly peakDb: number;
  /** dBFS, -Infinity for silence. A full-scale sine has -3.01. Smoothed with 300 ms. */
  readonly rmsDb: number;
}

/** Everything that one look at the session tells. */
export interface TelemetrySnapshot {
  /** Calls of the processor since the start. */
  readonly quanta: number;
  /** Moving average over one second of the audio clock; 0 when it stands still, null at first. */
  readonly quantaPerSec: number | null;
  /** Sample rate divided by quantum. */
  readonly expectedQuantaPerSec: number;
  /** Seconds of the audio clock per second of the page's clock, moving average; null at first. */
  readonly clockRatio: number | null;
  /** Frames that reached the processor. */
  readonly frames: number;
  /** Frames of the audio clock for which the processor was not called. */
  readonly missedFrames: number;
  /** Frames that the engine lost in its input ring; null without an engine. */
  readonly droppedFrames: number | null;
  /** NaN and infinite samples that the engine met; null without an engine. */
  readonly badSamples: number | null;
  /** Channels of the input: 0 (nothing connected), 1 or 2. */
  readonly channelCount: number;
  /** Null without an engine. */
  readonly level: Level | null;
  /** `AudioContext.currentTime`. */
  readonly audioClockSec: number;
  /** How fast the audio clock runs against `performance.now()`; null for the first seconds. */
  readonly driftPpm: number | null;
  /** Half width of the drift's 95 % confidence interval; null for the first seconds. */
  readonly driftPpmConfidence: number | null;
  /** Sum of the jumps of the browser's audio clock; they are no drift. */
  readonly clockStepsMs: number;
  /**
   * Audio that the devices delivered and the browser dropped before the processor, less the silence
   * that it put in; null where it does not count, and for files and oscillators. What waits in the
   * browser's queue is not told from what is lost: up to a tenth of a second per source.
   */
  readonly captureLossMs: number | null;
  /** Null where the browser does not count them. */
  readonly underruns: Underruns | null;
  /** From the graph's output to the audio system. */
  readonly baseLatencyMs: number;
  /** From the audio system to the ear; null where the browser does not tell. */
  readonly outputLatencyMs: number | null;
}

/** What the figures are read from. */
export interface TelemetrySources {
  readonly context: AudioContext;
  readonly scope: Scope;
  /** The engine's telemetry block; undefined without an engine. */
  readonly engine: () => TelemetryView | undefined;
  readonly clock: SessionClock;
  readonly captureLoss: CaptureLoss;
  readonly pipeline: () => readonly PipelineStatus[];
  readonly deadline: DeadlineMeter;
}

/** The session's figures. Reading them costs the audio thread nothing. Page only. */
export class Telemetry {
  /** The engine's telemetry words: name, type, byte offset, unit. */
  readonly schema: typeof telemetryFields = telemetryFields;
  /** What the quanta cost. */
  readonly deadline: DeadlineMeter;
  readonly #sources: TelemetrySources;
  readonly #quantaRate = new RateMeter();
  readonly #clockRate = new RateMeter();

  constructor(sources: TelemetrySources) {
    this.#sources = sources;
    this.deadline = sources.deadline;
  }

  /** Calls of the processor since the start. */
  get quanta(): number {
    return this.#sources.scope.quanta;
  }

  /** The engine's own words, all of one quantum; undefined without an engine. */
  get engine(): EngineTelemetry | undefined {
    return this.#sources.engine()?.read();
  }

  /** Every listener of the session's buses, in every thread; none where there is no bus. */
  get pipeline(): readonly PipelineStatus[] {
    return this.#sources.pipeline();
  }

  /** As in the snapshot. */
  get captureLossMs(): number | null {
    return this.#sources.captureLoss.lossMs;
  }

  /** Reads everything once; call it at display rate, the averages live from it. */
  snapshot(): TelemetrySnapshot {
    const { context, scope, clock, captureLoss } = this.#sources;
    const { engine } = this;
    this.#updateRates();
    return {
      quanta: scope.quanta,
      quantaPerSec: this.#quantaRate.perSec,
      expectedQuantaPerSec: context.sampleRate / quantumOf(context, scope),
      clockRatio: this.#clockRate.perSec,
      frames: scope.frames,
      missedFrames: scope.missedFrames,
      droppedFrames: engine?.droppedFrames ?? null,
      badSamples: engine?.badSamples ?? null,
      channelCount: scope.channelCount,
      level: engine === undefined ? null : levelOf(engine),
      audioClockSec: context.currentTime,
      driftPpm: clock.driftPpm,
      driftPpmConfidence: clock.driftPpmConfidence,
      clockStepsMs: clock.stepsMs,
      captureLossMs: captureLoss.lossMs,
      underruns: readUnderruns(context),
      baseLatencyMs: context.baseLatency * 1000,
      outputLatencyMs: context.outputLatency === undefined ? null : context.outputLatency * 1000,
    };
  }

  #updateRates(): void {
    const { context, scope } = this.#sources;
    const wallSec = performance.now() / 1000;
    this.#quantaRate.update(scope.quanta, context.currentTime, wallSec);
    // The other way round: the audio clock is the counter, the page's clock the time.
    this.#clockRate.update(context.currentTime, wallSec, wallSec);
  }
}

/** Frames per quantum: what the browser says, else what the processor saw. */
export function quantumOf(context: BaseAudioContext, scope: Scope): number {
  const { renderQuantumSize } = context as { readonly renderQuantumSize?: number };
  return renderQuantumSize ?? (scope.quantumFrames || constants.defaultQuantumFrames);
}

function levelOf(engine: EngineTelemetry): Level {
  const { peakLeft, peakRight, rmsLeft, rmsRight } = engine;
  return {
    peakDb: toDb(Math.max(peakLeft, peakRight)),
    rmsDb: toDb(Math.sqrt((rmsLeft ** 2 + rmsRight ** 2) / 2)),
  };
}
