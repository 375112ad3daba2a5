// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. Do not edit.

/** Size of the module's memory in 64 KiB pages. */
export const resampleMemoryPages = 2048;

/** What offline.wasm exports to resample. Pointers are byte offsets; 0 is ok. */
export interface ResampleExports {
  /** Takes all memory anew for a resampler; an OfflineStatus. */
  readonly resample_start: (inRateHz: number, outRateHz: number, channels: number) => number;
  /** Length of the result: inFrames * outRateHz / inRateHz to the nearest, halves up. */
  readonly get_resampled_frames: (inFrames: number) => number;
  /** Gives the block's first n frames, for resample_read to use up; an OfflineStatus. */
  readonly resample_add: (n: number) => number;
  /** No frames will follow; an OfflineStatus. */
  readonly resample_end: () => number;
  /** Fills the output and returns its frames; 0: the next block, or after the end nothing. */
  readonly resample_read: () => number;
  /** The output of resample_read: interleaved frames. */
  readonly get_output_ptr: () => number;
  /** NaN and infinite samples that were resampled as 0. */
  readonly get_bad_samples: () => number;
  /** The block's planes; null before a start function succeeded. */
  readonly get_block_ptr: () => number;
  /** Frames of one plane of the block. */
  readonly get_block_frames: () => number;
}
