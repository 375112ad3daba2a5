import { constants, engineStatus } from '../web/shared/layout.gen.ts';
import type { EngineMemory, EngineStart, FallbackReason } from '../web/shared/messages.ts';
import { type EngineExports, exportNames } from './exports.gen.ts';
import { Engine, EngineStartError } from './engine.ts';
import type { Instantiate } from './fallback-offer.ts';

/** The engine cannot run as WebAssembly. */
export class FallbackError extends Error {
  readonly reason: FallbackReason;

  constructor(reason: FallbackReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Fixed-size memory that only this thread sees, for pages without cross-origin isolation. */
export function makeUnsharedMemory(): EngineMemory {
  const pages = constants.memoryPages;
  if (typeof WebAssembly === 'undefined') return { buffer: new ArrayBuffer(pages * 65536) };
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** Runs the engine's module. @throws FallbackError with the reason. */
export function loadWasm(bytes: ArrayBuffer, memory: EngineMemory, start: EngineStart): Engine {
  if (typeof WebAssembly === 'undefined') {
    throw new FallbackError('unsupported', 'This browser has no WebAssembly here.');
  }
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new FallbackError('out-of-memory', 'The browser gave no memory for WebAssembly.');
  }
  try {
    const module = new WebAssembly.Module(bytes);
    if (start === 'inherited') clearModuleData(memory);
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    return new Engine(checkedExports(instance.exports), memory, start);
  } catch (error) {
    throw classify(error);
  }
}

/** Runs the same engine as JavaScript, made from the same C++ by wasm2js. */
export function loadFallback(
  instantiate: Instantiate,
  memory: EngineMemory,
  start: EngineStart,
): Engine {
  clearModuleData(memory);
  return new Engine(instantiate(memory), memory, start);
}

// The words below the arena are the module's own: an engine that ran in this memory has left its data
// there, and a wasm module that finds it takes it for initialized.
function clearModuleData(memory: EngineMemory): void {
  new Uint8Array(memory.buffer, 0, constants.arenaBase).fill(0);
}

function checkedExports(exports: WebAssembly.Exports): EngineExports {
  const missing = exportNames.find((name) => typeof exports[name] !== 'function');
  if (missing !== undefined) {
    throw new FallbackError('abi-mismatch', `The module does not export ${missing}.`);
  }
  const engine = exports as unknown as EngineExports;
  const version = engine.get_abi_version();
  if (version !== constants.abiVersion) {
    throw new FallbackError(
      'abi-mismatch',
      `The module has ABI version ${version}, this page needs ${constants.abiVersion}.`,
    );
  }
  return engine;
}

// The browsers' words for a policy that forbids WebAssembly: it arrives as a CompileError as well.
const policyWords = /content security policy|unsafe-eval|disallowed by embedder/i;

function classify(error: unknown): FallbackError {
  if (error instanceof FallbackError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (policyWords.test(detail)) return new FallbackError('blocked-by-policy', detail);
  if (error instanceof EngineStartError && error.status !== engineStatus.outOfMemory) {
    return new FallbackError('abi-mismatch', detail);
  }
  if (error instanceof RangeError || error instanceof EngineStartError) {
    return new FallbackError('out-of-memory', detail);
  }
  if (error instanceof WebAssembly.LinkError) return new FallbackError('abi-mismatch', detail);
  if (error instanceof WebAssembly.RuntimeError) return new FallbackError('trap', detail);
  return new FallbackError('bytes-corrupt', detail);
}
