import processorUrl from '../../../worklet/processor.ts?worker&url';
import { constants, engineStatus } from '../../shared/layout.gen.ts';
import {
  type DeadlineSettings,
  type EngineReport,
  type EngineStart,
  type FromProcessor,
  processorName,
  type ProcessorOptions,
  type PushSettings,
  type ToProcessor,
} from '../../shared/messages.ts';
import { scopeBytes } from '../../shared/scope-ring.ts';
import { Emitter } from '../emitter.ts';
import { SessionError } from '../errors.ts';
import type { EngineBytes } from './assets.ts';
import type { FallbackModule } from './fallback-module.ts';
import type { SessionMemory } from './memory.ts';

// A worklet module that throws at its top level still loads; only its silence tells.
const readyTimeoutMs = 10_000;
// Longer than the longest quantum; the clock may stand still for want of a gesture.
const closeTimeoutMs = 3000;

/** What the processor's node tells: its engine changed, it has the memory, it died or has ended. */
export interface ProcessorNodeEvents {
  readonly engine: EngineReport;
  readonly memoryHeld: null;
  readonly failed: SessionError;
  readonly closed: null;
}

/** What the processor runs in and with. */
export interface ProcessorParts {
  readonly memory: SessionMemory;
  readonly engine: EngineBytes;
  readonly fallback: FallbackModule;
}

/** Loads the AudioWorklet module into the context. @throws SessionError `worklet-failed` */
export async function loadProcessorModule(
  context: BaseAudioContext,
  url: string | URL = processorUrl,
): Promise<void> {
  try {
    await context.audioWorklet.addModule(String(url));
  } catch (error) {
    throw workletFailed(error);
  }
}

function workletFailed(cause: unknown): SessionError {
  return new SessionError(
    'worklet-failed',
    'The audio worklet could not be loaded, so no audio can be processed.',
    'Reload the page. If that does not help, check that the server sends the worklet file.',
    cause,
  );
}

/** The page's end of the processor: its node, its port and the engine's latest report. */
export class ProcessorNode extends Emitter<ProcessorNodeEvents> {
  readonly #context: BaseAudioContext;
  readonly #memory: SessionMemory;
  readonly #fallback: FallbackModule;
  #node: AudioWorkletNode;
  /** Who waits for an answer, by the number of the call. */
  readonly #calls = new Map<number, (status: number) => void>();
  #lastCall = 0;
  #report: EngineReport | null = null;

  private constructor(context: BaseAudioContext, { memory, fallback }: ProcessorParts) {
    super();
    this.#context = context;
    this.#memory = memory;
    this.#fallback = fallback;
    this.#node = this.#makeNode();
  }

  #makeNode(): AudioWorkletNode {
    const { scope } = this.#memory;
    const processorOptions: ProcessorOptions = {
      scope: scope instanceof ArrayBuffer ? null : scope,
    };
    const node = new AudioWorkletNode(this.#context, processorName, {
      numberOfInputs: constants.inputs,
      numberOfOutputs: 1,
      outputChannelCount: [constants.inputChannels],
      // More channels are mixed down by the graph, mono stays mono.
      channelCount: constants.inputChannels,
      channelCountMode: 'clamped-max',
      processorOptions,
    });
    // Chromium dispatches it as an event of another name, so only the attribute hears it everywhere.
    node.onprocessorerror = () => this.emit('failed', processorFailed());
    node.port.addEventListener('message', ({ data }: MessageEvent<FromProcessor>) =>
      this.#receive(data),
    );
    return node;
  }

  /**
   * Makes the node and waits until its engine runs.
   *
   * @throws SessionError `worklet-failed`, or the signal's reason.
   */
  static async start(
    context: BaseAudioContext,
    parts: ProcessorParts,
    signal?: AbortSignal,
  ): Promise<ProcessorNode> {
    const processor = construct(() => new ProcessorNode(context, parts));
    await processor.#load(parts.engine, 'fresh', signal);
    return processor;
  }

  /** The node in the graph; `rebuild` replaces it. */
  get node(): AudioWorkletNode {
    return this.#node;
  }

  /**
   * Puts a new node in place of one whose processor threw. It goes on in the same memory: counters,
   * rings and listeners stay, and what the clock passed meanwhile is a gap. Connecting it is the
   * caller's.
   *
   * @throws SessionError `worklet-failed`.
   */
  async rebuild(engine: EngineBytes): Promise<void> {
    this.#node.disconnect();
    this.#node.port.close();
    this.#node = construct(() => this.#makeNode());
    await this.#load(engine, 'inherited');
  }

  /** What the processor last said of its engine. */
  get report(): EngineReport {
    if (this.#report === null) throw new Error('The processor has not answered yet.');
    return this.#report;
  }

  /**
   * Makes the engine's JavaScript form ready, so that it takes over without a gap if the engine traps.
   * Where that fails, it is tried again when the engine has trapped, and the report says why.
   */
  async prepareFallback(): Promise<void> {
    await Promise.allSettled([this.#fallback.add()]);
  }

  /**
   * Lets the processor end in its next quantum, then cuts the node off. The audio clock has to run: a
   * processor that never ends keeps its context in memory for as long as the page lives.
   */
  async close(): Promise<void> {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, closeTimeoutMs);
    const stop = this.on('closed', () => resolve());
    this.#send({ kind: 'close' });
    await closed;
    clearTimeout(timer);
    stop();
    this.node.disconnect();
    this.node.port.close();
    for (const call of this.#calls.keys()) this.#answer(call, engineStatus.notInitialized);
  }

  /**
   * Feeds an input from its push ring.
   *
   * @returns The engine's answer, an `engineStatus` code; `notInitialized` without an engine.
   */
  openPush(input: number, settings: PushSettings): Promise<number> {
    return this.#call((call) => ({ kind: 'open-push', call, input, settings }));
  }

  /** Gives an input back to the graph. Resolves as `openPush`. */
  closePush(input: number): Promise<number> {
    return this.#call((call) => ({ kind: 'close-push', call, input }));
  }

  /** Detects voice with the weights that lie in the engine's memory. Resolves as `openPush`. */
  startVad(bytes: number, sources: number): Promise<number> {
    return this.#call((call) => ({ kind: 'start-vad', call, bytes, sources }));
  }

  /** Detects no voice any more. Resolves as `openPush`. */
  stopVad(): Promise<number> {
    return this.#call((call) => ({ kind: 'stop-vad', call }));
  }

  /** Measures the cost of quanta. */
  measureDeadline(settings: DeadlineSettings): void {
    this.#send({ kind: 'measure-deadline', settings });
  }

  #call(message: (call: number) => ToProcessor): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#lastCall += 1;
    this.#calls.set(this.#lastCall, resolve);
    this.#send(message(this.#lastCall));
    return promise;
  }

  #answer(call: number, status: number): void {
    this.#calls.get(call)?.(status);
    this.#calls.delete(call);
  }

  async #addFallback(): Promise<void> {
    let problem = '';
    try {
      await this.#fallback.add();
    } catch (error) {
      problem = `The engine’s JavaScript form could not be loaded: ${String(error)}`;
    }
    this.#send({ kind: 'fall-back', problem });
  }

  async #load(engine: EngineBytes, start: EngineStart, signal?: AbortSignal): Promise<void> {
    const answered = this.#firstReport(signal);
    this.#node.port.start();
    await Promise.race([this.#shareMemory(), answered]);
    const { bytes, detail } = engine;
    this.#send({ kind: 'load', bytes, detail, start }, bytes === null ? [] : [bytes]);
    await answered;
  }

  async #shareMemory(): Promise<void> {
    const memory = this.#memory.engine;
    if (memory === null) return;
    const { promise: held, resolve } = Promise.withResolvers<null>();
    const stop = this.on('memoryHeld', resolve);
    this.#send({ kind: 'memory', memory });
    await held;
    stop();
    if (this.#memory.growEngine()) await this.#shareMemory();
  }

  async #firstReport(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(workletFailed('no answer')), readyTimeoutMs);
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    const stops = [this.on('engine', () => resolve()), this.on('failed', reject)];
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      for (const stop of stops) stop();
    }
  }

  #receive(message: FromProcessor): void {
    switch (message.kind) {
      case 'engine':
        this.#report = message.report;
        return this.emit('engine', message.report);
      case 'fallback-wanted':
        return void this.#addFallback();
      case 'memory-held':
        return this.emit('memoryHeld', null);
      case 'answer':
        return this.#answer(message.call, message.status);
      case 'closed':
        return this.emit('closed', null);
      case 'snapshot':
        this.#copySnapshot(new Uint8Array(message.snapshot));
        return this.#send({ kind: 'recycle', snapshot: message.snapshot }, [message.snapshot]);
    }
  }

  #copySnapshot(bytes: Uint8Array): void {
    const { scope, telemetryCopy } = this.#memory;
    new Uint8Array(scope).set(bytes.subarray(0, scopeBytes));
    if (telemetryCopy !== null) new Uint8Array(telemetryCopy).set(bytes.subarray(scopeBytes));
  }

  #send(message: ToProcessor, transfer: Transferable[] = []): void {
    this.node.port.postMessage(message, transfer);
  }
}

// The name is unknown when the module threw at its top level, which addModule does not tell.
function construct<Node>(make: () => Node): Node {
  try {
    return make();
  } catch (error) {
    throw workletFailed(error);
  }
}

function processorFailed(): SessionError {
  return new SessionError(
    'processor-failed',
    'The audio processor stopped with an error, so nothing is measured any more.',
    'Stop and start again.',
  );
}
