/** Frames of tones and noise, whose phases are right to the last digits of a double everywhere. */
import { seededRandom } from '../support/random.ts';

/** A sine as a cosine: frequency, amplitude and phase are those of the frame's centre. */
export interface Tone {
  readonly hz: number;
  readonly amplitude: number;
  /** In turns. */
  readonly phase: number;
  /** How fast it rises. Default 0. */
  readonly hzPerSec?: number;
}

/** What 16 bits can say: steps of 2^-15. */
const steps16 = 2 ** 15;

/**
 * Adds a tone. The turns of every sample are computed from its place, so nothing accumulates: the
 * largest error is the rounding of some thousand turns, below 1e-12 of one.
 */
export function addTone(frame: Float64Array, tone: Tone, rateHz: number): void {
  const { hz, amplitude, phase, hzPerSec = 0 } = tone;
  const centre = frame.length / 2;
  for (let i = 0; i < frame.length; i += 1) {
    const place = i - centre;
    const rise = hzPerSec === 0 ? 0 : (hzPerSec * place * place) / (2 * rateHz * rateHz);
    const turns = (((hz * place) / rateHz) % 1) + (rise % 1) + phase;
    frame[i]! += amplitude * Math.cos(2 * Math.PI * turns);
  }
}

/** Rounds to the nearest of 16 bits. */
export function quantise16(frame: Float64Array): void {
  frame.forEach((sample, i) => (frame[i] = Math.round(sample * steps16) / steps16));
}

/** Mean of the squares of what two frames differ by. */
export function differenceVariance(a: ArrayLike<number>, b: Float64Array): number {
  return b.reduce((sum, value, i) => sum + (a[i]! - value) ** 2, 0) / b.length;
}

/** White Gaussian noise of variance 1 (G. E. P. Box, M. E. Muller, 1958). */
export function gaussianNoise(frames: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: frames }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/**
 * Frames of noise that are drawn once. Tones a bin apart see independent parts of the same frame, so
 * trials may share frames.
 */
export class NoisePool {
  readonly #frames: readonly Float64Array[];

  constructor(count: number, windowFrames: number, seed: number) {
    this.#frames = Array.from({ length: count }, (_, i) => gaussianNoise(windowFrames, seed + i));
  }

  /** Adds one of them. */
  add(frame: Float64Array, deviation: number, random: () => number): void {
    const noise = this.#frames[Math.floor(random() * this.#frames.length)]!;
    noise.forEach((sample, i) => (frame[i]! += deviation * sample));
  }
}
