import { constants } from '../../shared/layout.gen.ts';
import { type ResampleExports, resampleMemoryPages } from '../../shared/resample.gen.ts';
import { checkRange } from '../errors.ts';

const { chunkRateHz, minRateHz, maxRateHz } = constants;

/**
 * The resampler of the voice ring for sound that is there as a whole. Its memory is large and costs
 * only what is touched.
 */
export class VoiceResampler {
  readonly #exports: ResampleExports;
  readonly #buffer: ArrayBuffer;

  private constructor(exports: ResampleExports, buffer: ArrayBuffer) {
    this.#exports = exports;
    this.#buffer = buffer;
  }

  /** @param module Of offline.wasm. */
  static async create(module: WebAssembly.Module): Promise<VoiceResampler> {
    const pages = resampleMemoryPages;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    return new VoiceResampler(instance.exports as unknown as ResampleExports, memory.buffer);
  }

  /**
   * The same sound at 16 kHz, without delay; samples that are no numbers become 0.
   * @throws RangeError
   */
  resample(samples: Float32Array, rateHz: number): Float32Array {
    checkRange('vad.sampleRate', rateHz, minRateHz, maxRateHz, 'Hz');
    assertOk(this.#exports.resample_start(rateHz, chunkRateHz, 1));
    const result = new Float32Array(this.#exports.get_resampled_frames(samples.length));
    const blockFrames = this.#exports.get_block_frames();
    const block = new Float32Array(this.#buffer, this.#exports.get_block_ptr(), blockFrames);
    let filled = 0;
    for (let at = 0; at < samples.length; at += blockFrames) {
      const part = samples.subarray(at, at + blockFrames);
      block.set(part);
      assertOk(this.#exports.resample_add(part.length));
      filled = this.#take(result, filled);
    }
    assertOk(this.#exports.resample_end());
    this.#take(result, filled);
    return result;
  }

  /** @returns How much of the result is filled. */
  #take(result: Float32Array, filled: number): number {
    const start = this.#exports.get_output_ptr();
    let end = filled;
    for (;;) {
      const frames = this.#exports.resample_read();
      if (frames === 0) return end;
      result.set(new Float32Array(this.#buffer, start, frames), end);
      end += frames;
    }
  }
}

function assertOk(status: number): void {
  if (status !== 0) throw new Error(`The offline module answered ${status}.`);
}
