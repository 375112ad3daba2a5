import { engineStatus } from '../web/shared/layout.gen.ts';
import type {
  EngineKind,
  EngineMemory,
  EngineReport,
  EngineStart,
  FallbackReason,
  PushSettings,
} from '../web/shared/messages.ts';
import type { CostRecorder } from './deadline-meter.ts';
import type { Engine, Inputs } from './engine.ts';
import { offeredFallback } from './fallback-offer.ts';
import { FallbackError, loadFallback, loadWasm, makeUnsharedMemory } from './load-engine.ts';

/** What the slot tells. */
export interface EngineSlotEvents {
  /** The engine has changed. */
  readonly report: (report: EngineReport) => void;
  /** The engine's JavaScript form is needed and is not there: `fallBack` is to follow. */
  readonly wantFallback: () => void;
}

/** An engine that could not start or trapped, until its successor is there. */
interface Vacancy {
  readonly error: unknown;
  readonly start: EngineStart;
}

/** Holds the engine that runs now, and replaces it when it fails. */
export class EngineSlot {
  readonly #events: EngineSlotEvents;
  #engine: Engine | null = null;
  #kind: EngineKind = 'none';
  #memory: EngineMemory | null = null;
  #vacancy: Vacancy | null = null;

  constructor(events: EngineSlotEvents) {
    this.#events = events;
  }

  /** The running engine's memory; null while there is none. */
  get memory(): EngineMemory | null {
    return this.#engine === null ? null : this.#memory;
  }

  /** What is to be heard of the last quantum; undefined while there is no engine. */
  get output(): readonly Float32Array[] | undefined {
    return this.#engine?.output;
  }

  /** Takes what the quanta cost; undefined while there is no engine. */
  get recorder(): CostRecorder | undefined {
    return this.#engine?.recorder;
  }

  /** Byte offset of the telemetry block; 0 while there is no engine. */
  get telemetryOffset(): number {
    return this.#engine?.telemetryOffset ?? 0;
  }

  /** Takes the memory that the page shares; it need not have its size before `load`. */
  hold(memory: EngineMemory): void {
    this.#memory = memory;
  }

  /**
   * Starts the engine from its bytes, or its JavaScript form when they do not run. Where the page
   * could share no memory, the engine gets its own.
   *
   * @param detail Why there are no bytes, when there are none.
   * @param start `inherited`: the memory is another processor's.
   */
  load(bytes: ArrayBuffer | null, detail: string, start: EngineStart): void {
    try {
      this.#memory ??= makeUnsharedMemory();
      if (bytes === null) throw new FallbackError('bytes-missing', detail);
      this.#engine = loadWasm(bytes, this.#memory, start);
      this.#kind = 'wasm';
      this.#tell('active', null, '');
    } catch (error) {
      this.#fallBack(error, start);
    }
  }

  /**
   * Audio thread only. Processes a quantum; does nothing while there is no engine. An engine that traps
   * is replaced and the quantum goes to its successor.
   */
  process(inputs: Inputs, frames: number, frame: number): void {
    if (this.#engine === null) return;
    try {
      const status = this.#engine.process(inputs, frames, frame);
      if (status !== engineStatus.ok) throw new Error(`process_quantum returned ${status}.`);
    } catch (error) {
      this.#succeed(error);
      this.process(inputs, frames, frame);
    }
  }

  /**
   * Between quanta: a new source rate costs some milliseconds. Feeds an input from its push ring.
   *
   * @returns An `engineStatus` code.
   */
  openPush(input: number, settings: PushSettings): number {
    try {
      return this.#engine?.openPush(input, settings) ?? engineStatus.notInitialized;
    } catch (error) {
      this.#succeed(error);
      return this.openPush(input, settings);
    }
  }

  /**
   * The module with the JavaScript form was added, so it takes the engine's place.
   *
   * @param problem Why it could not be added; empty when it was.
   */
  fallBack(problem: string): void {
    if (this.#vacancy === null) return;
    const { error, start } = this.#vacancy;
    this.#vacancy = null;
    if (problem === '') return this.#fallBack(error, start);
    this.#giveUp(reasonOf(error), `${messageOf(error)} ${problem}`);
  }

  /** Between quanta. Gives the input back to the graph. @returns An `engineStatus` code. */
  closePush(input: number): number {
    return this.#engine?.closePush(input) ?? engineStatus.notInitialized;
  }

  /** Between quanta. Detects voice with the weights in the memory. @returns An `engineStatus` code. */
  startVad(bytes: number, sources: number): number {
    try {
      return this.#engine?.startVad(bytes, sources) ?? engineStatus.notInitialized;
    } catch (error) {
      this.#succeed(error);
      return this.startVad(bytes, sources);
    }
  }

  /** Between quanta. Detects no voice any more. @returns An `engineStatus` code. */
  stopVad(): number {
    return this.#engine?.stopVad() ?? engineStatus.notInitialized;
  }

  // An engine that threw is not used again; there may be none after it.
  #succeed(error: unknown): void {
    if (this.#kind === 'javascript') return this.#giveUp('trap', messageOf(error));
    this.#fallBack(new FallbackError('trap', messageOf(error)), 'inherited');
  }

  #fallBack(error: unknown, start: EngineStart): void {
    const reason = reasonOf(error);
    if (this.#memory === null) return this.#giveUp(reason, messageOf(error));
    const instantiate = offeredFallback();
    if (instantiate === undefined) return this.#wait({ error, start });
    try {
      this.#engine = loadFallback(instantiate, this.#memory, start);
      this.#kind = 'javascript';
      this.#tell('fallback', reason, messageOf(error));
    } catch (fallbackError) {
      this.#giveUp(reason, messageOf(fallbackError));
    }
  }

  // What the clock passes over meanwhile is a gap, which the successor counts.
  #wait(vacancy: Vacancy): void {
    this.#engine = null;
    this.#vacancy = vacancy;
    this.#events.wantFallback();
  }

  #giveUp(reason: FallbackReason, detail: string): void {
    this.#engine = null;
    this.#kind = 'none';
    this.#tell('fallback', reason, detail);
  }

  #tell(status: EngineReport['status'], reason: FallbackReason | null, detail: string): void {
    const { telemetryOffset } = this;
    this.#events.report({ status, engine: this.#kind, reason, detail, telemetryOffset });
  }
}

function reasonOf(error: unknown): FallbackReason {
  return error instanceof FallbackError ? error.reason : 'out-of-memory';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
