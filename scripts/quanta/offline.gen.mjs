// @ts-check
// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. Do not edit.

/** Constants of the offline module. */
export const offlineConstants = {
  /** Size of the module's memory in 64 KiB pages: fixed, never grown. */
  offlineMemoryPages: 2048,
};

/** Status codes of the offline module. */
export const offlineStatus = {
  /** Done. */
  ok: 0,
  /** A sample rate is not from kMinRateHz to kMaxRateHz. */
  badRate: 1,
  /** A file has at least one channel. */
  badChannelCount: 2,
  /** The memory cannot hold that many channels at these rates. */
  outOfMemory: 3,
  /** n is above get_block_frames. */
  badFrameCount: 4,
  /** The start function of this kind was not the last one to succeed. */
  notStarted: 5,
};

/** Readings of a file: byte offsets of 64-bit floats. */
export const meterReadings = {
  /** Largest magnitude of a sample in any channel. */
  peakDbfs: 0,
  /** Largest magnitude between samples in any channel (BS.1770-4). */
  truePeakDbtp: 8,
  /** Root mean square of the samples of all channels. */
  rmsDbfs: 16,
  /** Loudness of the loudest 400 ms (EBU Tech 3341). */
  maxMomentaryLufs: 24,
  /** Loudness of the loudest 3 s (EBU Tech 3341). */
  maxShortTermLufs: 32,
  /** Gated loudness of all of it (BS.1770-4). */
  integratedLufs: 40,
  /** Loudness range (EBU Tech 3342); 0 of less than 3 s. */
  rangeLu: 48,
  /** NaN and infinite samples, which were taken as 0. */
  badSamples: 56,
};

/** Readings of one channel: byte offsets of 64-bit floats. */
export const channelReadings = {
  /** Largest magnitude of a sample. */
  peakDbfs: 0,
  /** Largest magnitude between samples (BS.1770-4). */
  truePeakDbtp: 8,
  /** Root mean square of the samples. */
  rmsDbfs: 16,
  /** Of its power in the loudness, by its place (BS.1770-4). */
  weight: 24,
};

/** Bytes from one channel's readings to the next. */
export const channelReadingsBytes = 32;

/**
 * What offline.wasm exports. Pointers are byte offsets.
 * @typedef {object} OfflineExports
 * @property {(rateHz: number, channels: number, channelMask: number) => number} meter_start Takes all memory anew for a meter; the mask is that of a WAVE file. An OfflineStatus.
 * @property {(n: number) => number} meter_add Measures the block's first n frames; an OfflineStatus.
 * @property {() => number} meter_finish The file has ended: makes the readings; an OfflineStatus.
 * @property {() => number} get_readings_ptr What meter_finish found.
 * @property {() => number} get_channel_readings_ptr What meter_finish found in each channel.
 * @property {(inRateHz: number, outRateHz: number, channels: number) => number} resample_start Takes all memory anew for a resampler; an OfflineStatus.
 * @property {(inFrames: number) => number} get_resampled_frames Length of the result: inFrames * outRateHz / inRateHz to the nearest, halves up.
 * @property {(n: number) => number} resample_add Gives the block's first n frames, for resample_read to use up; an OfflineStatus.
 * @property {() => number} resample_end No frames will follow; an OfflineStatus.
 * @property {() => number} resample_read Fills the output and returns its frames; 0: the next block, or after the end nothing.
 * @property {() => number} get_output_ptr The output of resample_read: interleaved frames.
 * @property {() => number} get_bad_samples NaN and infinite samples that were resampled as 0.
 * @property {() => number} get_block_ptr The block's planes; null before a start function succeeded.
 * @property {() => number} get_block_frames Frames of one plane of the block.
 */

/** The names above, to check a module at run time. */
export const offlineExportNames = [
  'meter_start',
  'meter_add',
  'meter_finish',
  'get_readings_ptr',
  'get_channel_readings_ptr',
  'resample_start',
  'get_resampled_frames',
  'resample_add',
  'resample_end',
  'resample_read',
  'get_output_ptr',
  'get_bad_samples',
  'get_block_ptr',
  'get_block_frames',
];
