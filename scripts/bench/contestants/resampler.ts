/** libsamplerate as WebAssembly: see `benchmarks/resampler.mjs`. */
import { create, ConverterType } from '@alexanderolsen/libsamplerate-js';
import type { ProgramMaker } from '../contestant-table.mjs';

const inRateHz = 48000;
const outRateHz = 16000;
const quantumFrames = 128;
const toneHz = 1000;

/** Frames at the beginning in which the filter is not full yet. */
const settledFrames = 1000;
const periodFrames = outRateHz / toneHz;
const maxError = 0.0024;

function assertTone(output: Float32Array, frames: number): void {
  if (Math.abs(frames - outRateHz) > settledFrames) throw new Error(`It made ${frames} frames.`);
  for (let i = settledFrames; i < frames; i += 1) {
    // The delay is the library's own affair: a tone is known by its period and its power.
    const again = output[i - periodFrames] ?? 0;
    const quadrature = output[i - periodFrames / 4] ?? 0;
    const power = (output[i] ?? 0) ** 2 + quadrature ** 2;
    const error = Math.max(Math.abs((output[i] ?? 0) - again), Math.abs(power - 1) / 2);
    if (error > maxError) throw new Error(`The tone is wrong by ${error} at frame ${i}.`);
  }
}

/** All quanta of a second, through the streaming interface. */
const libsamplerate =
  (converterType: (typeof ConverterType)[keyof typeof ConverterType]): ProgramMaker =>
  async () => {
    const source = await create(1, inRateHz, outRateHz, { converterType });
    const tone = Float32Array.from({ length: inRateHz }, (_, i) =>
      Math.sin((2 * Math.PI * toneHz * i) / inRateHz),
    );
    const quanta = Array.from({ length: inRateHz / quantumFrames }, (_, i) =>
      tone.subarray(i * quantumFrames, (i + 1) * quantumFrames),
    );
    const block = new Float32Array(quantumFrames);
    const length = { frames: 0 };
    const second = (take: (frames: number) => void): void => {
      for (const quantum of quanta) {
        source.full(quantum, block, length);
        take(length.frames);
      }
    };
    return {
      check: () => {
        const output = new Float32Array(2 * outRateHz);
        let frames = 0;
        second((count) => {
          output.set(block.subarray(0, count), frames);
          frames += count;
        });
        assertTone(output, frames);
      },
      run: (operations) => {
        const ignore = (): void => undefined;
        for (let i = 0; i < operations; i += 1) second(ignore);
      },
      close: () => source.destroy(),
    };
  };

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  medium: libsamplerate(ConverterType.SRC_SINC_MEDIUM_QUALITY),
  fastest: libsamplerate(ConverterType.SRC_SINC_FASTEST),
};
