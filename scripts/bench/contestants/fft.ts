/** Fourier transforms of real signals: see `benchmarks/fft.mjs`. */
import createKissFft from '@echogarden/kissfft-wasm';
import createPffft from '@echogarden/pffft-wasm/simd';
import FftJs from 'fft.js';
import type { Program, ProgramMaker } from '../contestant-table.mjs';

const sizes = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** Noise from -1 to 1 (xorshift32). */
function noiseOf(size: number): Float32Array {
  let state = size;
  return Float32Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
}

/** What a contestant does with samples; bins lie as pairs, from 0 to half the size at least. */
interface Transform {
  readonly transform: () => void;
  /** A number of the result. */
  readonly at: (index: number) => number;
  readonly close: () => void;
}

/** Some bins against sums by definition, to 1e-6 of their expected magnitude. */
function assertSpectrum(samples: Float32Array, at: (index: number) => number): void {
  const size = samples.length;
  for (const k of [1, 2, size / 8 + 1, size / 4, Math.floor(size / 3), size / 2 - 1]) {
    let re = 0;
    let im = 0;
    samples.forEach((sample, i) => {
      const angle = (2 * Math.PI * ((k * i) % size)) / size;
      re += sample * Math.cos(angle);
      im -= sample * Math.sin(angle);
    });
    const error = Math.hypot(at(2 * k) - re, at(2 * k + 1) - im);
    if (!(error < 1e-6 * Math.sqrt(size / 3))) throw new Error(`Bin ${k} is wrong by ${error}.`);
  }
}

function programOf(samples: Float32Array, { transform, at, close }: Transform): Program {
  return {
    check: () => {
      transform();
      assertSpectrum(samples, at);
    },
    run: (operations) => {
      for (let i = 0; i < operations; i += 1) transform();
    },
    close,
  };
}

const pffft =
  (size: number): ProgramMaker =>
  async () => {
    const library = await createPffft();
    const setup = library['_pffft_new_setup'](size, 0);
    const [input = 0, output = 0, work = 0] = [1, 2, 3].map(() =>
      library['_pffft_aligned_malloc'](4 * size),
    );
    const samples = noiseOf(size);
    library.HEAPF32.set(samples, input / 4);
    return programOf(samples, {
      transform: () => library['_pffft_transform_ordered'](setup, input, output, work, 0),
      at: (index) => library.HEAPF32[output / 4 + index] ?? NaN,
      close: () => {
        for (const block of [input, output, work]) library['_pffft_aligned_free'](block);
        library['_pffft_destroy_setup'](setup);
      },
    });
  };

const kissfft =
  (size: number): ProgramMaker =>
  async () => {
    const library = await createKissFft();
    const state = library['_kiss_fftr_alloc'](size, 0, 0, 0);
    const input = library['_malloc'](4 * size);
    const output = library['_malloc'](4 * (size + 2));
    const samples = noiseOf(size);
    library.HEAPF32.set(samples, input / 4);
    return programOf(samples, {
      transform: () => library['_kiss_fftr'](state, input, output),
      at: (index) => library.HEAPF32[output / 4 + index] ?? NaN,
      close: () => {
        for (const block of [input, output, state]) library['_free'](block);
      },
    });
  };

const fftJs =
  (size: number): ProgramMaker =>
  () => {
    const library = new FftJs(size);
    const samples = noiseOf(size);
    const input = Array.from(samples);
    const output = library.createComplexArray() as number[];
    return programOf(samples, {
      transform: () => library.realTransform(output, input),
      at: (index) => output[index] ?? NaN,
      close: () => undefined,
    });
  };

const makers = { pffft, kissfft, 'fft-js': fftJs };

export const contestants: Readonly<Record<string, ProgramMaker>> = Object.fromEntries(
  Object.entries(makers).flatMap(([name, maker]) =>
    sizes.map((size) => [`${name}-${size}`, maker(size)]),
  ),
);
