// @ts-check
// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. Do not edit.

/** Constants of the offline module. */
export const offlineConstants = {
  /** Size of the module's memory in 64 KiB pages: fixed, never grown. */
  offlineMemoryPages: 2048,
  /** The shortest window that is analysed. */
  minWindowFrames: 256,
  /** The longest. */
  maxWindowFrames: 65536,
  /** Stands for the mean of all channels where a channel is named. */
  allChannels: 65536,
  /** The shortest part of a signal that a delay is measured from. */
  minDelayFrames: 1024,
  /** The longest. */
  maxDelayFrames: 65536,
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
  /** A window is 2^a 3^b 5^c frames, a multiple of 4, in its range. */
  badWindow: 6,
  /** A hop is at least one frame. */
  badHop: 7,
  /** There is no such channel. */
  badChannel: 8,
  /** Frames that RealFft does not take, or a delay of half of them. */
  badDelay: 9,
  /** No sequence of this order, or one that is longer than the signal. */
  badOrder: 10,
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

/** Readings of one window: byte offsets of 64-bit floats. */
export const windowReadings = {
  /** The window's centre, from the file's first frame. */
  centreFrame: 0,
  /** Of the harmonic series; 0: no partial. */
  fundamentalHz: 8,
  /** Its standard deviation. */
  fundamentalErrorHz: 16,
  /** B of f n sqrt(1 + B n^2); 0: not told from 0. */
  inharmonicity: 24,
  /** Its standard deviation. */
  inharmonicityError: 32,
  /** Partials that were found, rising in frequency. */
  partialCount: 40,
  /** NaN and infinite samples of the file so far, which became 0. */
  badSamples: 48,
};

/** Readings of one partial: byte offsets of 64-bit floats. */
export const partialReadings = {
  /** Frequency. */
  frequencyHz: 0,
  /** Its standard deviation under the measured noise. */
  errorHz: 8,
  /** A sine from -1 to 1 has 0. */
  levelDbfs: 16,
  /** Of a cosine at the window's centre, from -pi to pi. */
  phase: 24,
  /** Its number in the harmonic series; 0: none. */
  harmonic: 32,
};

/** Bytes from one partial's readings to the next. */
export const partialReadingsBytes = 40;

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
};

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
 * @property {(rateHz: number, channels: number, windowFrames: number, hopFrames: number, channel: number) => number} analyze_start Takes all memory anew for an analysis of a channel or of kAllChannels; an OfflineStatus.
 * @property {(n: number) => number} analyze_add Gives the block's first n frames, for analyze_read to use up; an OfflineStatus.
 * @property {() => number} analyze_read 1: the next window is analysed; 0: it takes the next block.
 * @property {() => number} get_window_readings_ptr Of the last window.
 * @property {() => number} get_partial_readings_ptr Its partials.
 * @property {() => number} get_block_ptr The block's planes; null before a start function succeeded.
 * @property {() => number} get_block_frames Frames of one plane of the block.
 * @property {(frames: number, maxDelay: number) => number} delay_start Takes all memory anew for signals of so many frames; maxDelay is below half of them. An OfflineStatus.
 * @property {() => number} get_first_ptr The first signal: `frames` samples.
 * @property {() => number} get_second_ptr The second signal: frames + 2 maxDelay samples, of which that at maxDelay was taken at the same instant as the first one of the first signal.
 * @property {(order: number) => number} delay_sequence Writes one period of the maximum length sequence of this order as the first signal, and zeros after it; an OfflineStatus.
 * @property {() => number} delay_measure Measures; an OfflineStatus.
 * @property {() => number} get_delay_readings_ptr What delay_measure found.
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
  'analyze_start',
  'analyze_add',
  'analyze_read',
  'get_window_readings_ptr',
  'get_partial_readings_ptr',
  'get_block_ptr',
  'get_block_frames',
  'delay_start',
  'get_first_ptr',
  'get_second_ptr',
  'delay_sequence',
  'delay_measure',
  'get_delay_readings_ptr',
];
