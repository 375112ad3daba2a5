import { type AudioChunk, OwnedChunk } from '../../shared/chunk.ts';

/**
 * Makes chunks of another length of the chunks of a bus. What comes out is contiguous: after a loss it
 * goes on at a multiple of its length, so `seq` jumps by exactly the chunks that are not there.
 */
export class Regrouper {
  readonly #frames: number;
  // Sample number, on the bus, of the first one taken.
  #origin: number | undefined;
  #next = 0;
  #filled = 0;
  #startMs = 0;
  #samples: Float32Array<ArrayBuffer>;

  /** @param frames Of the chunks that come out. */
  constructor(frames: number) {
    this.#frames = frames;
    this.#samples = new Float32Array(frames);
  }

  /** Takes the next chunk and returns those that it completes; they are owned. */
  push(chunk: AudioChunk): OwnedChunk[] {
    const first = chunk.seq * chunk.samples.length;
    this.#origin ??= first;
    const samples = chunk.copy()?.samples;
    if (samples === undefined) return [];
    const complete: OwnedChunk[] = [];
    const position = first - this.#origin;
    if (position !== this.#next) this.#filled = 0;
    for (let done = 0; done < samples.length;) {
      done += this.#append(chunk, samples, position, done);
      if (this.#filled === this.#frames) complete.push(this.#take(position + done, chunk));
    }
    this.#next = position + samples.length;
    return complete;
  }

  // Returns how many samples it has used; those before a boundary are passed over after a loss.
  #append(chunk: AudioChunk, samples: Float32Array, position: number, from: number): number {
    const place = (position + from) % this.#frames;
    const count = Math.min(samples.length - from, this.#frames - place);
    if (place !== this.#filled) return count;
    if (place === 0) this.#startMs = chunk.timestampMs + (from * 1000) / chunk.sampleRate;
    this.#samples.set(samples.subarray(from, from + count), place);
    this.#filled += count;
    return count;
  }

  #take(end: number, { sampleRate }: AudioChunk): OwnedChunk {
    const samples = this.#samples;
    this.#samples = new Float32Array(this.#frames);
    this.#filled = 0;
    return new OwnedChunk(end / this.#frames - 1, this.#startMs, sampleRate, samples);
  }
}
