import FftJs from 'fft.js';

/** The spectrum of a frame under a Hann window, in double precision, for the peers. */
export class HannSpectrum {
  readonly #fft: FftJs;
  readonly #window: Float64Array;
  readonly #windowed: Float64Array;
  /** Real and imaginary parts in turns. */
  readonly #bins: number[];

  constructor(frames: number) {
    this.#fft = new FftJs(frames);
    const turn = (2 * Math.PI) / frames;
    this.#window = Float64Array.from({ length: frames }, (_, i) => (1 - Math.cos(turn * i)) / 2);
    this.#windowed = new Float64Array(frames);
    this.#bins = Array<number>(2 * frames).fill(0);
  }

  /** Takes the frame that everything below is of. */
  take(samples: Float32Array): void {
    this.#window.forEach((weight, i) => (this.#windowed[i] = weight * samples[i]!));
    this.#fft.realTransform(this.#bins, this.#windowed);
  }

  /** The largest bin of a tone's main lobe. */
  peakNear(bins: number): number {
    const first = Math.max(1, Math.round(bins) - 2);
    const near = [0, 1, 2, 3, 4].map((offset) => first + offset);
    return near.reduce((best, bin) => (this.magnitude(bin) > this.magnitude(best) ? bin : best));
  }

  /** Of a whole bin. */
  magnitude(bin: number): number {
    return Math.hypot(this.#bins[2 * bin]!, this.#bins[2 * bin + 1]!);
  }

  /** Between bins, from the samples themselves. */
  magnitudeAt(bins: number): number {
    const angle = (2 * Math.PI * bins) / this.#windowed.length;
    const [stepRe, stepIm] = [Math.cos(angle), -Math.sin(angle)];
    // Horner's scheme in powers of the step, from the last sample on.
    let [re, im] = [0, 0];
    for (let i = this.#windowed.length - 1; i >= 0; i -= 1) {
      const turned = re * stepRe - im * stepIm + this.#windowed[i]!;
      im = re * stepIm + im * stepRe;
      re = turned;
    }
    return Math.hypot(re, im);
  }
}
