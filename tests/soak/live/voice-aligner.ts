/** Finds every stretch of the voice again in the mix, at the place that its time says. */
import type { AudioChunk } from '../../../web/lib/bus/index.ts';

const capacityFrames = 2 ** 18;
const mask = capacityFrames - 1;

// The voice is the mix below 8 kHz. The same is made here by a windowed sinc: half its length in
// frames, and steps of its table per frame.
const cutoffHz = 8000;
const halfFrames = 32;
const stepsPerFrame = 512;

/** Samples that are compared at a time, and how far on both sides their place is looked for. */
const stretchSamples = 128;
const maxLag = 3;
// Less than a tenth of the file's power below 8 kHz: the beginning or the end of a silence.
const minPower = 0.001;

/** A sinc under a Blackman window. @param cutoff In cycles per frame. */
function kernel(cutoff: number): Float64Array {
  return Float64Array.from({ length: halfFrames * stepsPerFrame + 1 }, (_, step) => {
    const x = step / stepsPerFrame;
    const turn = (Math.PI * x) / halfFrames;
    const window = 0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    const angle = 2 * Math.PI * cutoff * x;
    return window * 2 * cutoff * (x === 0 ? 1 : Math.sin(angle) / angle);
  });
}

export class VoiceAligner {
  compared = 0;
  maxIndexError = 0;
  minCorrelation = 1;
  readonly #rateHz: number;
  readonly #firstFrame: number;
  readonly #kernel: Float64Array;
  readonly #mono = new Float32Array(capacityFrames);
  #end = 0;
  #knownFrom = 0;

  /** @param firstFrame The audio clock at the mix's frame 0. */
  constructor(rateHz: number, firstFrame: number) {
    this.#rateHz = rateHz;
    this.#firstFrame = firstFrame;
    this.#kernel = kernel(cutoffHz / rateHz);
  }

  /** The next frames of the mix. */
  push(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i += 1) {
      this.#mono[(this.#end + i) & mask] = 0.5 * (left[i]! + right[i]!);
    }
    this.#end += left.length;
  }

  /** Frames that nobody has. */
  skip(frames: number): void {
    this.#end += frames;
    this.#knownFrom = this.#end;
  }

  /** Whether the mix is known as far as a chunk reaches, and then as far back. */
  covers(chunk: AudioChunk): boolean {
    const last = this.#place(chunk, chunk.samples.length) + halfFrames + maxLag;
    return last < this.#end;
  }

  compare(chunk: AudioChunk): void {
    for (let from = 0; from + stretchSamples <= chunk.samples.length; from += stretchSamples) {
      this.#compareStretch(chunk, from);
    }
  }

  #compareStretch(chunk: AudioChunk, from: number): void {
    const samples = chunk.samples.subarray(from, from + stretchSamples);
    const place = this.#place(chunk, from);
    const isKnown =
      place - halfFrames - maxLag > Math.max(this.#knownFrom, this.#end - capacityFrames);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    if (!isKnown || power < minPower) return;
    let [best, bestLag, atPlace] = [-Infinity, 0, 0];
    for (let lag = -maxLag; lag <= maxLag; lag += 1) {
      const likeness = this.#correlation(samples, place + lag);
      if (lag === 0) atPlace = likeness;
      if (likeness > best) [best, bestLag] = [likeness, lag];
    }
    this.compared += 1;
    this.maxIndexError = Math.max(this.maxIndexError, Math.abs(bestLag));
    this.minCorrelation = Math.min(this.minCorrelation, atPlace);
  }

  /** Place in the mix of a chunk's sample, by the chunk's own time. */
  #place({ timestampMs, sampleRate }: AudioChunk, sample: number): number {
    const sec = timestampMs / 1000 + sample / sampleRate;
    return sec * this.#rateHz - this.#firstFrame;
  }

  #correlation(samples: Float32Array, place: number): number {
    const step = this.#rateHz / 16_000;
    let [both, own, mixed] = [0, 0, 0];
    for (let i = 0; i < samples.length; i += 1) {
      const expected = this.#interpolate(place + i * step);
      const sample = samples[i]!;
      both += expected * sample;
      own += sample * sample;
      mixed += expected * expected;
    }
    return own === 0 || mixed === 0 ? 0 : both / Math.sqrt(own * mixed);
  }

  #interpolate(place: number): number {
    const middle = Math.floor(place);
    let sum = 0;
    for (let frame = middle - halfFrames + 1; frame <= middle + halfFrames; frame += 1) {
      const distance = Math.round(Math.abs(place - frame) * stepsPerFrame);
      sum += this.#mono[frame & mask]! * this.#kernel[distance]!;
    }
    return sum;
  }
}
