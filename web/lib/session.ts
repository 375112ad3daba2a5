/** The composition root: the only module that sees every room of the library. */
import { constants } from '../shared/layout.gen.ts';
import type { EngineReport } from '../shared/messages.ts';
import { TelemetryView } from '../shared/telemetry-view.ts';
import { AudioCapture } from './capture/audio-capture.ts';
import type { CaptureEnd, CaptureSource } from './capture/source.ts';
import { Emitter } from './emitter.ts';
import { CaptureError, checkRange, SessionError } from './errors.ts';
import { type AssetOverrides, engineUrl, fetchEngine } from './host/assets.ts';
import { createContext } from './host/context.ts';
import { allocateMemory, type SessionMemory } from './host/memory.ts';
import { Monitor } from './host/monitor.ts';
import { loadProcessorModule, ProcessorNode } from './host/processor-node.ts';
import { Lifecycle, type SessionStatus } from './lifecycle.ts';
import { Scope } from './telemetry/scope.ts';
import { quantumOf, Telemetry } from './telemetry/telemetry.ts';

/** How a session is made; everything has a default. */
export interface SessionOptions {
  /** 3000 to 768000. Default: the output device's. */
  readonly sampleRate?: number;
  /** Frames per quantum, 1 to 16384, where the browser offers a choice. Default 128. */
  readonly quantumFrames?: number;
  /** As in AudioContextOptions. Default `interactive`. */
  readonly latencyHint?: AudioContextLatencyCategory | number;
  /** Whether the input is heard. Default false. */
  readonly monitor?: boolean;
  /** Where the library's files lie, for bundlers that do not follow `new URL`. */
  readonly assets?: AssetOverrides;
  /** Ends the start while it is under way, and closes the session after that. */
  readonly signal?: AbortSignal;
}

/** What a session tells: its state changed, its engine changed. */
export interface SessionEvents {
  readonly status: SessionStatus;
  readonly engine: EngineReport;
}

/** How long `resume()` waits for the audio clock; a context without an output device never starts. */
const resumeTimeoutMs = 3000;

interface Parts {
  readonly context: AudioContext;
  readonly memory: SessionMemory;
  readonly processor: ProcessorNode;
  readonly isolated: boolean;
  readonly monitor: boolean;
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
  /** The waveform. */
  readonly scope: Scope;
  /** The engine's memory in an isolated page, else null. */
  readonly memory: SessionMemory['engine'];
  readonly #lifecycle = new Lifecycle();
  readonly #processor: ProcessorNode;
  readonly #monitor: Monitor;
  readonly #telemetryCopy: ArrayBuffer | null;
  readonly #ends = new AbortController();
  #view: TelemetryView | undefined;
  #capture: AudioCapture | null = null;
  #captureTurn = 0;

  private constructor(parts: Parts) {
    super();
    const { context, memory, processor } = parts;
    this.context = context;
    this.isolated = parts.isolated;
    this.memory = memory.engine;
    this.scope = new Scope(memory.scope);
    this.telemetry = new Telemetry({ context, scope: this.scope, engine: () => this.#view });
    this.#telemetryCopy = memory.telemetryCopy;
    this.#processor = processor;
    this.#monitor = new Monitor(context, processor.node, parts.monitor);
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
    checkRange(
      'session.sampleRate',
      options.sampleRate,
      constants.minRateHz,
      constants.maxRateHz,
      'Hz',
    );
    checkRange(
      'session.quantumFrames',
      options.quantumFrames,
      1,
      constants.maxQuantumFrames,
      'frames',
    );
    options.signal?.throwIfAborted();
    const context = createContext(options);
    try {
      const session = new Session(await startParts(context, options));
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

  /** The open source, if any. */
  get source(): AudioCapture | null {
    return this.#capture;
  }

  /** Whether the input is heard. Off: the graph runs into a silent sink. */
  get monitor(): boolean {
    return this.#monitor.on;
  }

  set monitor(on: boolean) {
    this.#monitor.on = on;
  }

  /**
   * Opens a source in place of the present one and starts the audio clock. The browser asks the
   * person here, if it has to.
   *
   * A later call takes over, even while the person still has to answer for an earlier one.
   *
   * @throws CaptureError, RangeError for a wrong option, SessionError `closed`, the signal's reason, an
   *   AbortError when a later call took over.
   */
  async capture(
    source: CaptureSource = { kind: 'microphone' },
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<AudioCapture> {
    this.#requireOpen();
    this.#closeCapture();
    this.#captureTurn += 1;
    const turn = this.#captureTurn;
    this.#lifecycle.enter('starting', 'source-requested');
    try {
      const capture = await AudioCapture.open(this.context, source);
      this.#adopt(capture, turn, options.signal);
      await this.#settle();
      return capture;
    } catch (error) {
      if (turn === this.#captureTurn) {
        this.#lifecycle.enter('idle', 'source-refused', error as Error);
      }
      throw error;
    }
  }

  /**
   * Starts the audio clock again, from a click or a key.
   *
   * @throws SessionError `resume-timeout` when the browser does not start it within three seconds.
   */
  async resume(): Promise<void> {
    this.#requireOpen();
    const timeout = AbortSignal.timeout(resumeTimeoutMs);
    const { promise, reject } = Promise.withResolvers<never>();
    timeout.addEventListener('abort', () => reject(resumeTimeout()), {
      signal: this.#ends.signal,
    });
    await Promise.race([this.context.resume(), promise]);
  }

  /** Gives everything back: device, worklet, context. A second call does nothing. */
  async close(): Promise<void> {
    if (!this.#lifecycle.enter('stopped', 'closed')) return;
    this.#ends.abort();
    this.#closeCapture();
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
    this.#processor.on('engine', (report) => this.#viewEngine(report), { signal });
    this.#processor.on('failed', (error) => this.#fail('processor-failed', error), { signal });
    this.context.addEventListener('statechange', () => this.#followContext(), { signal });
    this.context.addEventListener('error', () => this.#fail('context-failed', contextFailed()), {
      signal,
    });
  }

  #viewEngine(report: EngineReport): void {
    const buffer = this.memory?.buffer ?? this.#telemetryCopy;
    const offset = this.memory === null ? 0 : report.telemetryOffset;
    const readable = report.engine !== 'none' && buffer !== null;
    this.#view = readable ? new TelemetryView(buffer, offset) : undefined;
    this.emit('engine', report);
  }

  #adopt(capture: AudioCapture, turn: number, signal: AbortSignal | undefined): void {
    const late = turn !== this.#captureTurn;
    if (this.status.state === 'stopped' || signal?.aborted === true || late) {
      capture.close();
      this.#requireOpen();
      signal?.throwIfAborted();
      throw new DOMException('A later capture took over.', 'AbortError');
    }
    capture.node.connect(this.#processor.node);
    capture.on('end', (end) => this.#endCapture(capture, end));
    capture.on('close', () => this.#forget(capture));
    this.#capture = capture;
  }

  // Running once the clock does; the browser may keep it back until the person touches the page.
  async #settle(): Promise<void> {
    try {
      await this.resume();
      this.#lifecycle.enter('running', 'source-open');
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      this.#lifecycle.enter('suspended', 'needs-gesture', error);
    }
  }

  #followContext(): void {
    const { state } = this.status;
    if (this.context.state === 'running') {
      if (state === 'suspended' && this.#capture !== null) {
        this.#lifecycle.enter('running', 'resumed');
      }
    } else if (state === 'running') {
      this.#lifecycle.enter('suspended', 'interrupted');
    }
  }

  #endCapture(capture: AudioCapture, end: CaptureEnd): void {
    capture.close();
    if (end === 'lost') this.#fail('source-lost', captureLost(capture));
    else this.#lifecycle.enter('idle', 'source-ended');
  }

  #fail(reason: 'source-lost' | 'processor-failed' | 'context-failed', error: Error): void {
    this.#lifecycle.enter('failed', reason, error);
  }

  #closeCapture(): void {
    this.#capture?.close();
  }

  #forget(capture: AudioCapture): void {
    if (this.#capture !== capture) return;
    this.#capture = null;
    this.#lifecycle.enter('idle', 'source-closed');
  }

  #requireOpen(): void {
    if (this.status.state === 'stopped') {
      throw new SessionError('closed', 'The session is closed.', 'Create a new session.');
    }
  }
}

async function startParts(context: AudioContext, options: SessionOptions): Promise<Parts> {
  const { assets = {}, signal, monitor = false } = options;
  const isolated = globalThis.crossOriginIsolated;
  const memory = allocateMemory(isolated);
  // The clock waits for a source: what it would pass before that, the processor might not see.
  await context.suspend();
  const [bytes] = await Promise.all([
    fetchEngine(engineUrl(isolated, assets), signal),
    loadProcessorModule(context, assets.processor),
  ]);
  const processor = await ProcessorNode.start(context, memory, bytes, signal);
  return { context, memory, processor, isolated, monitor };
}

function captureLost(capture: AudioCapture): CaptureError {
  return new CaptureError(
    'device-lost',
    `“${capture.label}” was disconnected or its permission was taken back.`,
    'Plug it in again or choose another source, then start again. The counters go on.',
  );
}

function contextFailed(): SessionError {
  return new SessionError(
    'context-failed',
    'The browser lost its audio output.',
    'Check the sound device, then stop and start again.',
  );
}

function resumeTimeout(): SessionError {
  return new SessionError(
    'resume-timeout',
    'The browser holds the audio clock.',
    'Press “Resume”. If nothing happens, check that a sound output is connected.',
  );
}
