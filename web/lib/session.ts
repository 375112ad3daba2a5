/** The composition root: the only module that sees every room of the library. */
import { constants } from '../shared/layout.gen.ts';
import type { EngineMemory, EngineReport } from '../shared/messages.ts';
import { SharedClock } from '../shared/shared-clock.ts';
import { Analyzer } from './analysis/analyzer.ts';
import type { ReadonlyAudioBus } from './bus/audio-bus.ts';
import { BusClock } from './bus/bus-clock.ts';
import type { ListenOptions } from './bus/follower.ts';
import type { Listener } from './bus/listener.ts';
import type { MixBus } from './bus/mix-bus.ts';
import { AudioSource } from './capture/audio-source.ts';
import { PushInput, type PushInputOptions, pushSettings } from './capture/push-input.ts';
import { SourceOpener } from './capture/source-opener.ts';
import { type InputSource, SourceRack } from './capture/source-rack.ts';
import type { CaptureSource } from './capture/source.ts';
import { Emitter } from './emitter.ts';
import { reject } from './errors.ts';
import type { FlightRecorder } from './flight/flight-recorder.ts';
import type { Glitches } from './glitches/glitches.ts';
import { type ContextOptions, createContext } from './host/context.ts';
import { Monitor } from './host/monitor.ts';
import type { ProcessorNode } from './host/processor-node.ts';
import { resumeContext } from './host/resume.ts';
import { type Buses, type HostOptions, type HostParts, startHost } from './host/start.ts';
import { type DelayOptions, type DelayReading, measureDelay } from './latency/delay-meter.ts';
import {
  type LatencyOptions,
  type LatencyReading,
  measureLatency,
} from './latency/latency-meter.ts';
import type { MeterHost } from './latency/meter-host.ts';
import { Lifecycle, type SessionStatus } from './lifecycle.ts';
import { Mixer } from './mixer/mixer.ts';
import { engineMissing, notIsolated, sessionClosed } from './session-errors.ts';
import type { CaptureOptions, SessionEvents } from './session-events.ts';
import { SessionGuard } from './session-guard.ts';
import { addEngineChange, watchSession } from './session-watch.ts';
import { SourceState } from './source-state.ts';
import { SessionClock } from './telemetry/clock-follower.ts';
import { EngineViews } from './telemetry/engine-views.ts';
import { Scope } from './telemetry/scope.ts';
import { quantumOf, type Telemetry } from './telemetry/telemetry.ts';
import { VoiceDetection } from './vad/voice-detection.ts';
import type { Watchdog } from './watchdog/watchdog.ts';

/** How a session is made; everything has a default. The signal closes a session that has started. */
export interface SessionOptions extends ContextOptions, HostOptions {
  /** Whether the input is heard. Default false. */
  readonly monitor?: boolean;
  /** Whether the watchdog brings a lost capture back by itself. Default true. */
  readonly recover?: boolean;
}

/**
 * An audio context with the engine running in its worklet. Page only.
 *
 * ```ts
 * await using session = await Session.create();
 * await session.capture({ kind: 'microphone' });
 * console.log(session.telemetry.snapshot().quantaPerSec);
 * ```
 */
export class Session extends Emitter<SessionEvents> implements AsyncDisposable {
  /** The audio context, for graphs of your own. */
  readonly context: AudioContext;
  /** Whether the page is cross-origin isolated, so that the memory is shared. */
  readonly isolated: boolean;
  /** The figures. */
  readonly telemetry: Telemetry;
  /** What went wrong, and when. */
  readonly glitches: Glitches;
  /** Finds captures that died or fell silent, and brings them back. */
  readonly watchdog: Watchdog;
  /** The waveform. */
  readonly scope: Scope;
  /** The audio clock in terms of `performance.now()`. */
  readonly clock: SessionClock;
  /** What came into the engine in the last half minute. */
  readonly flightRecorder: FlightRecorder;
  /** The engine's memory in an isolated page, else null. */
  readonly memory: EngineMemory | null;
  readonly #lifecycle = new Lifecycle();
  readonly #processor: ProcessorNode;
  readonly #monitor: Monitor;
  readonly #views: EngineViews;
  readonly #rack: SourceRack;
  readonly #state: SourceState;
  readonly #opener: SourceOpener;
  readonly #guard: SessionGuard;
  readonly #buses: Buses | null;
  readonly #mixer: Mixer | null;
  readonly #analyzer: Analyzer | null;
  readonly #vad: VoiceDetection | null;
  readonly #sharedClock: SharedClock;
  readonly #offlineUrl: string | URL;
  readonly #ends = new AbortController();

  private constructor(parts: HostParts, { monitor = false, recover = true }: SessionOptions) {
    super();
    const { context, memory, processor } = parts;
    this.context = context;
    this.isolated = parts.isolated;
    this.memory = memory.engine;
    this.scope = new Scope(memory.scope);
    this.#views = new EngineViews(memory.engine, memory.telemetryCopy);
    this.#processor = processor;
    this.#rack = new SourceRack(processor.node);
    this.#state = new SourceState(this.#lifecycle, context, () => this.#rack.open.length);
    this.#opener = new SourceOpener(this.#rack, {
      requireOpen: () => this.#requireOpen(),
      expect: () => this.#state.expect(),
      settle: () => this.#settle(),
      refuse: (error) => this.#state.leave('source-refused', error),
    });
    this.#buses = parts.buses;
    this.#offlineUrl = parts.offlineUrl;
    this.#mixer = null;
    this.#analyzer = null;
    this.#vad = null;
    if (parts.buses !== null) {
      const { buffer } = parts.buses;
      const { vadUrls: urls, startWorker } = parts;
      const vad = { ...parts.buses, processor, urls, startWorker, ends: this.#ends.signal };
      this.#mixer = new Mixer(buffer);
      this.#analyzer = new Analyzer(buffer, context.sampleRate, this.#mixer);
      this.#vad = new VoiceDetection(vad);
    }
    this.#sharedClock = new SharedClock(memory.bus.clock);
    const mapped = new BusClock(this.#sharedClock);
    this.clock = new SessionClock(context, this.#sharedClock, mapped, this.#ends.signal);
    this.#monitor = new Monitor(context, processor.node, monitor);
    this.#guard = this.#makeGuard(parts.engineUrl);
    const { telemetry, glitches, watchdog, flightRecorder } = watchSession({
      ...{ context, scope: this.scope, scopeBuffer: memory.scope, clock: this.clock },
      ...{ buses: parts.buses, views: this.#views, processor, sources: () => this.#rack.sources },
      ...{ recoveries: this.#guard, recovers: recover },
      ends: this.#ends.signal,
    });
    this.telemetry = telemetry;
    this.glitches = glitches;
    this.watchdog = watchdog;
    this.flightRecorder = flightRecorder;
    this.#viewEngine(processor.report);
    this.#watch();
  }

  /**
   * Makes the context, loads the worklet and starts the engine. Asks the person for nothing.
   *
   * Call it from a click or a key: else the browser may hold the audio clock until `resume()`.
   *
   * @throws RangeError for a wrong option, SessionError when audio cannot work here, the signal's
   *   reason when it aborts.
   */
  static async create(options: SessionOptions = {}): Promise<Session> {
    options.signal?.throwIfAborted();
    const context = createContext(options);
    try {
      const session = new Session(await startHost(context, options), options);
      options.signal?.addEventListener('abort', () => void session.close(), {
        signal: session.#ends.signal,
      });
      return session;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** The state, its reason and the error behind it. */
  get status(): SessionStatus {
    return this.#lifecycle.status;
  }

  /** What runs the engine, and why if it is not wasm. */
  get engine(): EngineReport {
    return this.#processor.report;
  }

  /** Frames per second. */
  get sampleRate(): number {
    return this.context.sampleRate;
  }

  /** Frames per quantum. */
  get quantumFrames(): number {
    return quantumOf(this.context, this.scope);
  }

  /** The open source at input 0, if any. */
  get source(): InputSource | null {
    return this.#rack.sources[0] ?? null;
  }

  /** The open sources by input; null where none is open. */
  get sources(): readonly (InputSource | null)[] {
    return this.#rack.sources;
  }

  /**
   * The voice: the mix of all sources as 16 kHz mono, in chunks of 512 frames, the last 32 s of it.
   *
   * @throws SessionError `not-isolated` where the page can share no memory, `engine-missing`.
   */
  get bus(): ReadonlyAudioBus {
    return this.#requireBuses().voice;
  }

  /**
   * The mix: stereo at the context's rate, the last 5 s of it or more. Its first frame is at
   * `scope.firstFrame` of the audio clock.
   *
   * @throws SessionError `not-isolated` where the page can share no memory, `engine-missing`.
   */
  get mix(): MixBus {
    return this.#requireBuses().mix;
  }

  /**
   * The mixer: gain, pan, effects and meters of every input and of the master.
   *
   * @throws SessionError `not-isolated` where the page can share no memory, `engine-missing`.
   */
  get mixer(): Mixer {
    return this.#mixer ?? this.#noMemory();
  }

  /**
   * Spectrum, partials and fundamental of the mix or of an input; off until it is configured.
   *
   * @throws SessionError `not-isolated` where the page can share no memory, `engine-missing`.
   */
  get analyzer(): Analyzer {
    return this.#analyzer ?? this.#noMemory();
  }

  /**
   * Voice detection; off until it is enabled.
   *
   * @throws SessionError `not-isolated` where the page can share no memory, `engine-missing`.
   */
  get vad(): VoiceDetection {
    return this.#vad ?? this.#noMemory();
  }

  /** Whether the input is heard. Off: the graph runs into a silent sink. */
  get monitor(): boolean {
    return this.#monitor.on;
  }

  set monitor(on: boolean) {
    this.#monitor.on = on;
  }

  /**
   * Opens a source in place of the one at the same input and starts the audio clock. The browser asks
   * the person here, if it has to.
   *
   * A later call for the input takes over, even while the person still has to answer for an earlier
   * one.
   *
   * @throws CaptureError, RangeError for a wrong option, SessionError `closed`, the signal's reason, an
   *   AbortError when a later call took over.
   */
  async capture(
    source: CaptureSource = { kind: 'microphone' },
    options: CaptureOptions = {},
  ): Promise<AudioSource> {
    const { input = 0, signal } = options;
    this.#checkInput('capture.input', input);
    const listen = (how?: ListenOptions): Listener => this.bus.listen(how);
    return this.#opener.fill(input, signal, () =>
      AudioSource.open(this.context, source, input, listen),
    );
  }

  /**
   * Gives an input to a producer, in place of the source that is there, and starts the audio clock.
   * Any thread may push: a Worker that decodes a file, a network source, a MediaStreamTrackProcessor.
   *
   * @throws RangeError for a wrong option, SessionError `not-isolated`, `engine-missing` or `closed`,
   *   CaptureError `unsupported`, the signal's reason, an AbortError when a later call took over.
   */
  async pushInput(options: PushInputOptions): Promise<PushInput> {
    const { input = 0, signal } = options;
    this.#checkInput('pushInput.input', input);
    const { buffer } = this.#requireBuses();
    const settings = pushSettings(options, this.sampleRate);
    const open = (): Promise<PushInput> =>
      PushInput.open(buffer, settings, { ...options, input }, this.#processor);
    return this.#opener.fill(input, signal, open);
  }

  /**
   * The latency of the way round: plays a maximum length sequence and finds it at an input's source.
   * Works in every page, and whatever else is heard.
   *
   * @throws RangeError, SessionError `asset-missing`, `resume-timeout` or `closed`, a signal's reason.
   */
  async measureLatency(options: LatencyOptions = {}): Promise<LatencyReading> {
    return measureLatency(await this.#runForMeter(), options);
  }

  /**
   * By how much the sound of one input's source lags that of another's: two microphones, two players.
   *
   * @throws As `measureLatency`.
   */
  async measureDelay(options: DelayOptions = {}): Promise<DelayReading> {
    return measureDelay(await this.#runForMeter(), options);
  }

  /**
   * Starts the audio clock again, from a click or a key.
   *
   * @throws SessionError `resume-timeout` when the browser does not start it within three seconds.
   */
  async resume(): Promise<void> {
    this.#requireOpen();
    this.#guard.held = false;
    await resumeContext(this.context, this.#ends.signal);
  }

  /** Holds the audio clock until `resume()`. Whoever stops the context itself is taken for a fault. */
  async suspend(): Promise<void> {
    this.#requireOpen();
    this.#guard.held = true;
    await this.context.suspend();
  }

  /** Gives everything back: device, worklet, context. A second call does nothing. */
  async close(): Promise<void> {
    if (!this.#lifecycle.enter('stopped', 'closed')) return;
    this.#ends.abort();
    this.#rack.close();
    this.#mixer?.close();
    this.#sharedClock.close();
    // The processor ends in a quantum, so the clock has to run once more, if the browser lets it.
    void Promise.allSettled([this.context.resume()]);
    await this.#processor.close();
    this.#monitor.close();
    await this.context.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #watch(): void {
    const { signal } = this.#ends;
    this.#lifecycle.on('status', (status) => this.emit('status', status));
    this.#rack.on('close', () => this.#state.leave('source-closed'));
    this.#processor.on('engine', (report) => this.#viewEngine(report), { signal });
    this.#guard.start(this.watchdog, signal);
  }

  #makeGuard(engineUrl: string | URL): SessionGuard {
    return new SessionGuard({
      ...{ context: this.context, engineUrl, processor: this.#processor, monitor: this.#monitor },
      ...{ rack: this.#rack, state: this.#state, lifecycle: this.#lifecycle },
      resume: () => this.resume(),
      capture: (source, input) => this.capture(source, { input }),
    });
  }

  #viewEngine(report: EngineReport): void {
    this.#views.follow(report);
    addEngineChange(this.glitches, report);
    this.emit('engine', report);
  }

  async #settle(): Promise<void> {
    await this.#state.settle(this.resume());
    void this.#processor.prepareFallback();
  }

  async #runForMeter(): Promise<MeterHost> {
    await this.resume();
    const { signal: ends } = this.#ends;
    return { context: this.context, rack: this.#rack, moduleUrl: this.#offlineUrl, ends };
  }

  #requireBuses(): Buses {
    return this.#buses ?? this.#noMemory();
  }

  #noMemory(): never {
    throw this.isolated ? engineMissing() : notIsolated();
  }

  #checkInput(path: string, input: number): void {
    if (this.#rack.sources[input] !== undefined) return;
    reject(path, `a whole number from 0 to ${constants.inputs - 1}`, input);
  }

  #requireOpen(): void {
    if (this.status.state === 'stopped') throw sessionClosed();
  }
}
