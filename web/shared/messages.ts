/** Every message between the page and the processor: one closed union per direction. */

import type { ClockSteps } from './clock-steps.ts';

/** Name under which the processor is registered. */
export const processorName = 'quanta';

/** Name under which the recorder of the latency meter is registered. */
export const tapName = 'quanta-tap';

/** What the page hands to the recorder's constructor. Any message to it ends the recording. */
export interface TapOptions {
  /** The first frame that is recorded, on the audio clock. */
  readonly startFrame: number;
  readonly frames: number;
}

/** What the recorder sends, once: the mean of its input's channels. */
export type TapRecording = Float32Array<ArrayBuffer>;

/** What the page hands to the processor's constructor. */
export interface ProcessorOptions {
  /** The scope's shared memory; null in a page without cross-origin isolation. */
  readonly scope: SharedArrayBuffer | null;
}

/** The engine's memory: a WebAssembly.Memory, or a bare buffer where WebAssembly cannot give one. */
export interface EngineMemory {
  readonly buffer: ArrayBufferLike;
}

/** Why the engine does not run as WebAssembly. */
export type FallbackReason =
  | 'bytes-missing'
  | 'bytes-corrupt'
  | 'blocked-by-policy'
  | 'abi-mismatch'
  | 'out-of-memory'
  | 'unsupported'
  | 'trap';

/** `active`: the engine runs as WebAssembly. `fallback`: it does not, and the reason says why. */
export type WasmStatus = 'active' | 'fallback';

/** What runs: the wasm engine, the same engine as JavaScript, or only the scope. */
export type EngineKind = 'wasm' | 'javascript' | 'none';

/** What the processor says of its engine, once after `load` and again whenever it changes. */
export interface EngineReport {
  readonly status: WasmStatus;
  readonly engine: EngineKind;
  /** Null while the status is `active`. */
  readonly reason: FallbackReason | null;
  /** The text of the error behind the reason, or empty. */
  readonly detail: string;
  /** Byte offset of the telemetry block in the engine's memory; 0 without an engine. */
  readonly telemetryOffset: number;
}

/** Whether an engine starts with cleared memory or goes on where another one stopped. */
export type EngineStart = 'fresh' | 'inherited';

/** How an input is pushed: what the engine's `open_push` takes. */
export interface PushSettings {
  readonly rateHz: number;
  /** 1 or 2. */
  readonly channels: number;
  readonly targetFrames: number;
  /** See `pushPace` in the layout. */
  readonly pace: number;
}

/** How the cost of quanta is measured. */
export interface DeadlineSettings {
  /** One quantum in so many, on average; 1: all. */
  readonly every: number;
  /** The shared words of a clock Worker, and how its clock advances; null: the thread's own clock. */
  readonly worker: { readonly words: SharedArrayBuffer; readonly steps: ClockSteps } | null;
}

/** From the page to the processor. A `call` is a number of the page's: the answer carries it. */
export type ToProcessor =
  /** The engine's shared memory, before `load`; without isolation the processor makes its own. */
  | { readonly kind: 'memory'; readonly memory: EngineMemory }
  | {
      readonly kind: 'load';
      /** The module's bytes, or null when they could not be fetched: `detail` says why. */
      readonly bytes: ArrayBuffer | null;
      readonly detail: string;
      /** `inherited`: another processor has left the memory behind. */
      readonly start: EngineStart;
    }
  /** The answer to `fallback-wanted`; `problem` says why the module could not be added, or nothing. */
  | { readonly kind: 'fall-back'; readonly problem: string }
  | { readonly kind: 'recycle'; readonly snapshot: ArrayBuffer }
  | {
      /** Feeds an input from its push ring. */
      readonly kind: 'open-push';
      readonly call: number;
      readonly input: number;
      readonly settings: PushSettings;
    }
  /** Gives the input back to the graph. */
  | { readonly kind: 'close-push'; readonly call: number; readonly input: number }
  | {
      /** Detects voice with the weights that the page has put where the directory says. */
      readonly kind: 'start-vad';
      readonly call: number;
      /** Length of their file. */
      readonly bytes: number;
      /** Bit n for input n, and the bit behind the inputs' for the mix. */
      readonly sources: number;
    }
  /** Detects no voice any more. */
  | { readonly kind: 'stop-vad'; readonly call: number }
  | {
      readonly kind: 'measure-deadline';
      readonly settings: DeadlineSettings;
    }
  | { readonly kind: 'close' };

/** From the processor to the page. */
export type FromProcessor =
  /** The answer to `memory`: it may be grown to its size now. */
  | { readonly kind: 'memory-held' }
  | { readonly kind: 'engine'; readonly report: EngineReport }
  /** The engine's JavaScript form is needed: its module is to be added, then `fall-back` to be sent. */
  | { readonly kind: 'fallback-wanted' }
  /** What the engine said to a message that has a `call`: an `engineStatus` code. */
  | { readonly kind: 'answer'; readonly call: number; readonly status: number }
  /** The last quantum has been processed: the answer to `close`. */
  | { readonly kind: 'closed' }
  | {
      /** Without isolation only: scope, telemetry block, deadline meter; comes back by `recycle`. */
      readonly kind: 'snapshot';
      readonly snapshot: ArrayBuffer;
    };
