/** Errors of frequencies in figures: cents, percentiles, octaves, and what noise allows at best. */

const centsPerOctave = 1200;

/** How far a frequency lies from the true one, in cents. */
export function centsOff(hz: number, trueHz: number): number {
  // log2 of a ratio near 1 would lose the digits that are of interest.
  return (centsPerOctave / Math.LN2) * Math.log1p((hz - trueHz) / trueHz);
}

/** What a tone is measured with, and in what noise. */
export interface BoundConditions {
  readonly sampleRate: number;
  readonly windowFrames: number;
  /** Peak of the tone. */
  readonly amplitude: number;
  /** Variance of white noise, per sample. */
  readonly noiseVariance: number;
}

/**
 * The Cramér-Rao bound: the least standard deviation in hertz that any unbiased estimate of one sine's
 * frequency has in white noise, far from 0 and from half the rate.
 *
 * D. C. Rife, R. R. Boorstyn, "Single-tone parameter estimation from discrete-time observations", IEEE
 * Trans. Information Theory 20, 1974, equation 18 with N(N² - 1) ≈ N³; a real sine has half the signal
 * to noise ratio of a complex one.
 */
export function boundHz(conditions: BoundConditions): number {
  const { sampleRate, windowFrames, amplitude, noiseVariance } = conditions;
  const signalToNoise = amplitude ** 2 / (2 * noiseVariance);
  return (sampleRate / Math.PI) * Math.sqrt(3 / (signalToNoise * windowFrames ** 3));
}

/** The smallest value that at least this part of them does not exceed; NaN of nothing. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.ceil(part * sorted.length) - 1;
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

/** Square root of the mean of the squares; NaN of nothing. */
export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** The sizes of some errors. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Percentiles of the errors' absolute values. */
export function spreadOf(errors: readonly number[]): Spread {
  const sizes = errors.map(Math.abs);
  return {
    count: sizes.length,
    p50: percentile(sizes, 0.5),
    p95: percentile(sizes, 0.95),
    max: percentile(sizes, 1),
  };
}

/** The octave that a frequency belongs to: its lower end when octaves begin at `fromHz`. */
export function octaveOf(hz: number, fromHz: number): number {
  return fromHz * 2 ** Math.floor(Math.log2(hz / fromHz));
}
