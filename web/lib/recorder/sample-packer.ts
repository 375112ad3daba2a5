/** Makes the bytes of a WAV file of planes of float samples. */
import { type WavShape, wavFrameBytes } from './wav-header.ts';

/** Where 16-bit dither begins: the same recording gives the same file. */
const ditherSeed = 0x9e37_79b9;

/**
 * Interleaves and rounds. 32-bit float keeps every bit; 24 bits are rounded to the nearest, 16 bits
 * after triangular dither of two steps' width (Lipshitz, Wannamaker, Vanderkooy, “Quantization and
 * Dither”, JAES 40, 1992), so that what is lost is noise and not distortion. Samples beyond full scale
 * are held there. Digital silence stays digital silence.
 */
export class SamplePacker {
  readonly #shape: WavShape;
  readonly #hasDither: boolean;
  #random = ditherSeed;

  constructor(shape: WavShape, dither: 'triangular' | 'none') {
    this.#shape = shape;
    this.#hasDither = dither === 'triangular';
  }

  /** @param planes One per channel, of at least `frames` frames. */
  pack(planes: readonly Float32Array[], frames: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(frames * wavFrameBytes(this.#shape));
    switch (this.#shape.sampleType) {
      case 'float32':
        packFloats(planes, frames, new Float32Array(bytes.buffer));
        break;
      case 'int24':
        packInt24(planes, frames, bytes);
        break;
      case 'int16':
        this.#packInt16(planes, frames, new Int16Array(bytes.buffer));
    }
    return bytes;
  }

  #packInt16(planes: readonly Float32Array[], frames: number, out: Int16Array): void {
    for (const [channel, plane] of planes.entries()) {
      for (let i = 0; i < frames; i += 1) {
        const sample = (plane[i] ?? 0) * 0x8000;
        const noise = this.#hasDither && sample !== 0 ? this.#uniform() - this.#uniform() : 0;
        out[i * planes.length + channel] = toWhole(sample + noise, 0x8000);
      }
    }
  }

  /** From 0 to 1 (Marsaglia, “Xorshift RNGs”, 2003). */
  #uniform(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x;
    return (x >>> 0) / 2 ** 32;
  }
}

/** Rounds to the nearest whole number that the type holds. */
export function toWhole(sample: number, fullScale: number): number {
  return Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample)));
}

function packFloats(planes: readonly Float32Array[], frames: number, out: Float32Array): void {
  for (const [channel, plane] of planes.entries()) {
    for (let i = 0; i < frames; i += 1) out[i * planes.length + channel] = plane[i] ?? 0;
  }
}

function packInt24(planes: readonly Float32Array[], frames: number, out: Uint8Array): void {
  let at = 0;
  for (let i = 0; i < frames; i += 1) {
    for (const plane of planes) {
      const value = toWhole((plane[i] ?? 0) * 0x80_0000, 0x80_0000);
      out[at] = value & 0xff;
      out[at + 1] = (value >> 8) & 0xff;
      out[at + 2] = (value >> 16) & 0xff;
      at += 3;
    }
  }
}
