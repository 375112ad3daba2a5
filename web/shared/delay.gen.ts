// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. Do not edit.

/** Size of the module's memory in 64 KiB pages. */
export const delayMemoryPages = 2048;

/** Readings of a delay: byte offsets of 64-bit floats. */
export const delayReadings = {
  /** Positive: the second signal is late. */
  frames: 0,
  /** Standard deviation, from the coherence. */
  errorFrames: 8,
  /** Square of the coherence of both signals, 0 to 1, the mean of the band. */
  coherence: 16,
  /** 1: they have more in common than chance makes; 0: the rest means nothing. */
  found: 24,
  /** 1: the second signal has the opposite sign. */
  inverted: 32,
  /** NaN and infinite samples of both signals, which were taken as 0. */
  badSamples: 40,
} as const;

/** What offline.wasm exports to measure delays. Pointers are byte offsets; 0 is ok. */
export interface DelayExports {
  /** Takes all memory anew for signals of so many frames; maxDelay is below half of them. An OfflineStatus. */
  readonly delay_start: (frames: number, maxDelay: number) => number;
  /** The first signal: `frames` samples. */
  readonly get_first_ptr: () => number;
  /** The second signal: frames + 2 maxDelay samples, of which that at maxDelay was taken at the same instant as the first one of the first signal. */
  readonly get_second_ptr: () => number;
  /** Writes one period of the maximum length sequence of this order as the first signal, and zeros after it; an OfflineStatus. */
  readonly delay_sequence: (order: number) => number;
  /** Measures; an OfflineStatus. */
  readonly delay_measure: () => number;
  /** What delay_measure found. */
  readonly get_delay_readings_ptr: () => number;
}
