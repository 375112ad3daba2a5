import { samplesPerMs } from '../speech-segment.ts';
import type { VoiceAudio } from './transcriber.ts';

/** A recording that is there as a whole: mono, 16 kHz. */
export class FileAudio implements VoiceAudio {
  readonly isLive = false;
  readonly #samples: Float32Array;

  constructor(samples: Float32Array) {
    this.#samples = samples;
  }

  get endSample(): number {
    return this.#samples.length;
  }

  read(startSample: number, endSample: number): Float32Array {
    return this.#samples.slice(startSample, endSample);
  }

  timeMs(sample: number): number {
    return sample / samplesPerMs;
  }
}
