import { constants, telemetryBytes } from '../../shared/layout.gen.ts';
import type { EngineMemory } from '../../shared/messages.ts';
import { scopeBytes } from '../../shared/scope-ring.ts';
import { allocateBusMemory, type BusMemory } from './engine-rings.ts';

const pageBytes = 65536;

/** The memory of a session: all of it is taken here, before the audio starts. */
export interface SessionMemory {
  /** Scope ring; shared in an isolated page, else the page's own copy of the processor's. */
  readonly scope: ArrayBufferLike;
  /** Engine memory in an isolated page; null where the processor makes its own. */
  readonly engine: EngineMemory | null;
  /** Without isolation: the page's copy of the telemetry block. */
  readonly telemetryCopy: ArrayBuffer | null;
  /** The shared clock and the listeners' tables; without isolation nobody but the page sees them. */
  readonly bus: BusMemory;
}

/** Takes the session's memory. @throws RangeError when the browser has none left. */
export function allocateMemory(isolated: boolean): SessionMemory {
  if (!isolated) {
    return {
      scope: new ArrayBuffer(scopeBytes),
      engine: null,
      telemetryCopy: new ArrayBuffer(telemetryBytes),
      bus: allocateBusMemory(),
    };
  }
  return {
    scope: new SharedArrayBuffer(scopeBytes),
    engine: allocateEngineMemory(),
    telemetryCopy: null,
    bus: allocateBusMemory(),
  };
}

// WebAssembly reserves address space for its memory and may be refused where a plain buffer of the
// same size is not; the engine's JavaScript form is content with that.
function allocateEngineMemory(): EngineMemory {
  const pages = constants.memoryPages;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    if (error instanceof RangeError || typeof WebAssembly === 'undefined') {
      return { buffer: new SharedArrayBuffer(pages * pageBytes) };
    }
    throw error;
  }
}
