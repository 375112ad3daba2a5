import { constants, deadlineBytes, telemetryBytes } from '../../shared/layout.gen.ts';
import type { EngineMemory } from '../../shared/messages.ts';
import { scopeBytes } from '../../shared/scope-ring.ts';
import { allocateBusMemory, type BusMemory } from './engine-rings.ts';

const pageBytes = 65536;
const enginePages = constants.memoryPages;
// With the flight recorder's, which lies behind the engine's own.
const allPages = enginePages + constants.flightPages;
// What is asked for, in this order: without the recorder everything else works.
const sizes = [allPages, enginePages] as const;

/** The memory of a session: all of it is taken here, before the audio starts. */
export class SessionMemory {
  /** Scope ring; shared in an isolated page, else the page's own copy of the processor's. */
  readonly scope: ArrayBufferLike;
  /** Without isolation: the page's copy of the telemetry block and, behind it, the deadline meter. */
  readonly telemetryCopy: ArrayBuffer | null;
  /** The shared clock and the listeners' tables; without isolation nobody but the page sees them. */
  readonly bus: BusMemory = allocateBusMemory();
  #engine: EngineMemory | null;

  /** Takes the session's memory. @throws RangeError when the browser has none left. */
  constructor(isolated: boolean) {
    this.scope = isolated ? new SharedArrayBuffer(scopeBytes) : new ArrayBuffer(scopeBytes);
    this.telemetryCopy = isolated ? null : new ArrayBuffer(telemetryBytes + deadlineBytes);
    this.#engine = isolated ? takeEngineMemory() : null;
  }

  /**
   * The engine's memory in an isolated page; null where the processor makes its own. It has one page
   * until `growEngine`, which may replace it.
   */
  get engine(): EngineMemory | null {
    return this.#engine;
  }

  /**
   * Gives the engine's memory its size. The processor has to hold it by then: Chromium counts a memory
   * by the size in which it reaches the audio thread, and collects garbage there if that is much.
   *
   * @returns Whether another memory took its place.
   * @throws RangeError when the browser has none left.
   */
  growEngine(): boolean {
    const memory = this.#engine;
    if (!isWasmMemory(memory) || memory.buffer.byteLength > pageBytes) return false;
    if (sizes.some((pages) => orRefused(() => memory.grow(pages - 1)) !== undefined)) return false;
    this.#engine = plainMemory();
    return true;
  }
}

function takeEngineMemory(): EngineMemory {
  if (typeof WebAssembly === 'undefined') return plainMemory();
  for (const maximum of sizes) {
    const memory = orRefused(() => new WebAssembly.Memory({ initial: 1, maximum, shared: true }));
    if (memory !== undefined) return memory;
  }
  return plainMemory();
}

/** Undefined where the browser has no such memory. */
function orRefused<Result>(take: () => Result): Result | undefined {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

// WebAssembly reserves address space for its memory and may be refused where a plain buffer of the
// same size is not; the engine's JavaScript form is content with that.
function plainMemory(): EngineMemory {
  return { buffer: new SharedArrayBuffer(enginePages * pageBytes) };
}

function isWasmMemory(memory: EngineMemory | null): memory is WebAssembly.Memory {
  return typeof WebAssembly !== 'undefined' && memory instanceof WebAssembly.Memory;
}
