// @ts-check
// The offline module: the engine's C++ on whole files.
import fs from 'node:fs';
import { OFFLINE_MODULE } from '../lib/build-engine.mjs';
import { instantiateEngine } from '../lib/engine-module.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { FileError } from './errors.mjs';
import {
  channelReadings,
  channelReadingsBytes,
  delayReadings,
  meterReadings,
  offlineStatus,
  partialReadings,
  partialReadingsBytes,
  windowReadings,
} from './offline.gen.mjs';

/** @typedef {import('./offline.gen.mjs').OfflineExports} OfflineExports */
/** @typedef {Record<keyof typeof meterReadings, number>} MeterReadings */
/** @typedef {Record<keyof typeof channelReadings, number>} ChannelReadings */
/** @typedef {Record<keyof typeof windowReadings, number>} WindowReadings */
/** @typedef {Record<keyof typeof partialReadings, number>} PartialReadings */
/** @typedef {Record<keyof typeof delayReadings, number>} DelayReadings */

/**
 * Where samples come from: an open file.
 * @typedef {object} Samples
 * @property {{ rateHz: number, channels: number, channelMask: number }} format
 * @property {number} frames
 * @property {(planes: readonly Float32Array[]) => Promise<number>} read
 */

const SAMPLE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** One module for all files, one after the other. */
export class OfflineEngine {
  /** @readonly */
  #exports;
  /** @readonly */
  #buffer;

  /**
   * @param {OfflineExports} exports
   * @param {ArrayBufferLike} buffer
   */
  constructor(exports, buffer) {
    this.#exports = exports;
    this.#buffer = buffer;
  }

  /** Loads the module, which must be built. */
  static async load() {
    const { file, shared, pages } = OFFLINE_MODULE;
    const bytes = fs.readFileSync(fromRoot(file));
    const { exports, memory } = await instantiateEngine(bytes, shared, pages);
    const typed = /** @type {OfflineExports} */ (/** @type {unknown} */ (exports));
    return new OfflineEngine(typed, memory.buffer);
  }

  /**
   * Every reading of a file.
   * @param {Samples} samples
   * @param {AbortSignal} [signal]
   * @returns {Promise<{ readings: MeterReadings, channels: ChannelReadings[] }>}
   * @throws {FileError} where it has too many channels
   */
  async measure(samples, signal) {
    const { rateHz, channels, channelMask } = samples.format;
    assertStarted(this.#exports.meter_start(rateHz, channels, channelMask), channels);
    for await (const frames of this.#blocks(samples, signal)) {
      assertOk(this.#exports.meter_add(frames));
    }
    assertOk(this.#exports.meter_finish());
    const first = this.#exports.get_channel_readings_ptr();
    return {
      readings: this.#readDoubles(this.#exports.get_readings_ptr(), meterReadings),
      channels: Array.from({ length: channels }, (_, channel) =>
        this.#readDoubles(first + channel * channelReadingsBytes, channelReadings),
      ),
    };
  }

  /**
   * A file at another rate.
   * @param {Samples} samples
   * @param {number} rateHz
   * @param {AbortSignal} [signal]
   * @returns {{ frames: number, blocks: () => AsyncGenerator<Uint8Array> }} the result's length, and
   *   its interleaved 32-bit floats: each block is a view that the next one overwrites
   * @throws {FileError} where it has too many channels
   */
  resample(samples, rateHz, signal) {
    const { rateHz: inRateHz, channels } = samples.format;
    assertStarted(this.#exports.resample_start(inRateHz, rateHz, channels), channels);
    return {
      frames: this.#exports.get_resampled_frames(samples.frames),
      blocks: () => this.#resampledBlocks(samples, channels * SAMPLE_BYTES, signal),
    };
  }

  /**
   * The partials of every window that lies wholly in a file.
   * @param {Samples} samples
   * @param {{ windowFrames: number, hopFrames: number, channel: number }} options the window is one
   *   that the module takes, the channel one of the file's or `allChannels`
   * @param {AbortSignal} [signal]
   * @returns {AsyncGenerator<{ readings: WindowReadings, partials: PartialReadings[] }>}
   * @throws {FileError} where it has too many channels
   */
  async *analyze(samples, { windowFrames, hopFrames, channel }, signal) {
    const { rateHz, channels } = samples.format;
    const status = this.#exports.analyze_start(rateHz, channels, windowFrames, hopFrames, channel);
    assertStarted(status, channels);
    for await (const frames of this.#blocks(samples, signal)) {
      assertOk(this.#exports.analyze_add(frames));
      while (this.#exports.analyze_read() === 1) yield this.#readWindow();
    }
  }

  /**
   * Takes all memory for the delay between two signals.
   * @param {number} frames a power of two that the module takes
   * @param {number} maxDelay below half of that
   * @returns {{ first: Float32Array, second: Float32Array, measure: () => DelayReadings }} where the
   *   signals are written, as offline_layout.h says, and what measures them
   */
  delay(frames, maxDelay) {
    assertOk(this.#exports.delay_start(frames, maxDelay));
    const second = frames + 2 * maxDelay;
    return {
      first: new Float32Array(this.#buffer, this.#exports.get_first_ptr(), frames),
      second: new Float32Array(this.#buffer, this.#exports.get_second_ptr(), second),
      measure: () => {
        assertOk(this.#exports.delay_measure());
        return this.#readDoubles(this.#exports.get_delay_readings_ptr(), delayReadings);
      },
    };
  }

  #readWindow() {
    const readings = this.#readDoubles(this.#exports.get_window_readings_ptr(), windowReadings);
    const first = this.#exports.get_partial_readings_ptr();
    const partials = Array.from({ length: readings.partialCount }, (_, i) =>
      this.#readDoubles(first + i * partialReadingsBytes, partialReadings),
    );
    return { readings, partials };
  }

  /** NaN and infinite samples of the last file that was resampled, taken as 0. */
  get badSamples() {
    return this.#exports.get_bad_samples();
  }

  /**
   * @param {Samples} samples
   * @param {number} frameBytes
   * @param {AbortSignal} [signal]
   */
  async *#resampledBlocks(samples, frameBytes, signal) {
    for await (const frames of this.#blocks(samples, signal)) {
      assertOk(this.#exports.resample_add(frames));
      yield* this.#output(frameBytes);
    }
    assertOk(this.#exports.resample_end());
    yield* this.#output(frameBytes);
  }

  /** @param {number} frameBytes */
  *#output(frameBytes) {
    const start = this.#exports.get_output_ptr();
    for (let frames; (frames = this.#exports.resample_read()) > 0;) {
      yield new Uint8Array(this.#buffer, start, frames * frameBytes);
    }
  }

  /**
   * Puts the samples into the module, block by block.
   * @param {Samples} samples
   * @param {AbortSignal} [signal]
   */
  async *#blocks(samples, signal) {
    const frames = this.#exports.get_block_frames();
    const start = this.#exports.get_block_ptr();
    const planes = Array.from(
      { length: samples.format.channels },
      (_, channel) =>
        new Float32Array(this.#buffer, start + channel * frames * SAMPLE_BYTES, frames),
    );
    for (let read; (read = await samples.read(planes)) > 0;) {
      signal?.throwIfAborted();
      yield read;
    }
  }

  /**
   * @template {string} Name
   * @param {number} start
   * @param {Record<Name, number>} offsets
   * @returns {Record<Name, number>}
   */
  #readDoubles(start, offsets) {
    const view = new DataView(this.#buffer);
    const values = { ...offsets };
    for (const name of /** @type {Name[]} */ (Object.keys(offsets))) {
      values[name] = view.getFloat64(start + offsets[name], true);
    }
    return values;
  }
}

/** @param {number} status */
function assertOk(status) {
  if (status !== offlineStatus.ok) throw new Error(`The offline module answered ${status}.`);
}

/**
 * @param {number} status
 * @param {number} channels
 */
function assertStarted(status, channels) {
  if (status === offlineStatus.outOfMemory) {
    throw new FileError('unsupported', `has too many channels at these rates: ${channels}`);
  }
  assertOk(status);
}
