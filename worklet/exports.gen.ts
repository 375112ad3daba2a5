// Printed by wasm/abi/emit_layout_ts.cpp from wasm/shared/layout.h: `npm run gen`. Do not edit.

/** What engine.wasm and its JavaScript fallback export. Pointers are byte offsets. */
export interface EngineExports {
  /** kAbiVersion of this build. */
  readonly get_abi_version: () => number;
  /** Sets the rate that the next init or resume uses (48000 by default); an EngineStatus. */
  readonly set_sample_rate: (rateHz: number) => number;
  /** Takes all memory, clears it and returns the input ring, or null: see get_status. */
  readonly init: (capacity: number) => number;
  /** As init, but goes on from the counters that an earlier engine left in this memory. */
  readonly resume: (capacity: number) => number;
  /** EngineStatus of the last init, resume or process_quantum. */
  readonly get_status: () => number;
  /** Input ring: planes of get_input_capacity frames, one per input channel; null before init. */
  readonly get_input_ptr: () => number;
  /** Frames of one plane of the input ring; 0 before init. */
  readonly get_input_capacity: () => number;
  /** Free-running count of frames written to the input ring. */
  readonly get_write_pos: () => number;
  /** Publishes the frames written before pos. */
  readonly set_write_pos: (pos: number) => void;
  /** The telemetry block; null before init. */
  readonly get_telemetry_ptr: () => number;
  /** The context's clock at the next quantum. Frames that it passed over become silence. */
  readonly set_frame: (low: number, high: number) => void;
  /** Audio thread. Consumes n frames, publishes telemetry; returns an EngineStatus. */
  readonly process_quantum: (n: number) => number;
  /** Between quanta. Feeds an input from its push ring, which it clears; an EngineStatus. */
  readonly open_push: (input: number, rateHz: number, channels: number, targetFrames: number, pace: number) => number;
  /** Gives the input back to the graph. */
  readonly close_push: (input: number) => number;
  /** Between quanta. Detects voice in inputs (bit n: input n) and the mix (bit kInputs) with the weights whose file of so many bytes lies at vad_file; an EngineStatus. */
  readonly start_vad: (bytes: number, sources: number) => number;
  /** Detects no voice any more. */
  readonly stop_vad: () => void;
  /** One stage of process_quantum, for whoever measures them: all of them, in their order. */
  readonly process_stage: (stage: number, n: number) => number;
  /** Loads a checkpoint that lies behind the engine's memory, and stops the flight recorder. */
  readonly restore: (bytes: number) => number;
  /** What measures the quanta from now on. */
  readonly set_deadline_clock: (clock: number, stepNs: number, jittered: number, every: number) => void;
  /** What the last quantum cost. */
  readonly record_cost: (ns: number) => void;
  /** The last quantum was to be measured; its clock was not sound. */
  readonly refuse_cost: () => void;
  /** What Date.now() advanced by in the last quantum. */
  readonly record_date_cost: (ms: number) => void;
}

/** The names above, to check a module at run time. */
export const exportNames: readonly (keyof EngineExports)[] = [
  'get_abi_version',
  'set_sample_rate',
  'init',
  'resume',
  'get_status',
  'get_input_ptr',
  'get_input_capacity',
  'get_write_pos',
  'set_write_pos',
  'get_telemetry_ptr',
  'set_frame',
  'process_quantum',
  'open_push',
  'close_push',
  'start_vad',
  'stop_vad',
  'process_stage',
  'restore',
  'set_deadline_clock',
  'record_cost',
  'refuse_cost',
  'record_date_cost',
];
