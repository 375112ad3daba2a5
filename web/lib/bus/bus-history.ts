import { ChunkRingReader } from '../../shared/chunk-ring.ts';
import type { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import { reject } from '../errors.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

/**
 * The sound that a bus still holds, by number of its sample: number of the chunk × length of a chunk.
 * It follows nothing and is no listener. Page or Worker.
 */
export class BusHistory {
  /** Whether it goes on. */
  readonly isLive = true;
  readonly #memory: BroadcastMemory;

  constructor(address: RingAddress) {
    this.#memory = ringAt(address);
  }

  /** Behind the newest sample. */
  get endSample(): number {
    return this.#memory.published() * this.#chunkFrames;
  }

  /** The oldest sample that is held; the next chunk takes its place. */
  get startSample(): number {
    const held = this.#memory.published() - this.#memory.shape.capacity;
    return Math.max(0, held) * this.#chunkFrames;
  }

  /**
   * A copy of a stretch, without what is not held any more or is not there yet: the end of it, where
   * it lies before the newest sample.
   *
   * @throws RangeError The stretch is none.
   */
  read(startSample: number, endSample: number): Float32Array<ArrayBuffer> {
    if (!(startSample >= 0 && endSample >= startSample)) {
      reject('read.endSample', `from startSample (${startSample}) on`, endSample);
    }
    const end = Math.min(endSample, this.endSample);
    const start = Math.min(end, Math.max(startSample, this.startSample));
    const samples = this.#copy(start, end);
    // The writer may have come round meanwhile.
    return samples.slice(Math.min(samples.length, this.#lostFrom(start, end)));
  }

  /**
   * Time of a sample on the audio clock: of its chunk, or, where that is not held, as if sound had
   * come without gaps from there to the newest one. 0 where there is no sound yet.
   */
  timeMs(sample: number): number {
    const chunkMs = (this.#chunkFrames * 1000) / this.#memory.shape.rateHz;
    const chunk = Math.floor(sample / this.#chunkFrames);
    const offset = sample / this.#chunkFrames - chunk;
    const newest = this.#memory.published() - 1;
    const known = this.#timestampMs(Math.min(chunk, newest)) ?? this.#timestampMs(newest);
    if (known === undefined) return 0;
    const ahead = known.chunk === chunk ? 0 : chunk - known.chunk;
    return known.timestampMs + (ahead + offset) * chunkMs;
  }

  get #chunkFrames(): number {
    return this.#memory.shape.slotFrames;
  }

  #copy(start: number, end: number): Float32Array<ArrayBuffer> {
    const samples = new Float32Array(end - start);
    const frames = this.#chunkFrames;
    for (let at = start; at < end;) {
      const chunk = Math.floor(at / frames);
      const { first } = this.#memory.planes.view(0, chunk, 1);
      const from = at - chunk * frames;
      const count = Math.min(frames - from, end - at);
      samples.set(first.subarray(from, from + count), at - start);
      at += count;
    }
    return samples;
  }

  /** Samples from `start` on that were overwritten. */
  #lostFrom(start: number, end: number): number {
    const frames = this.#chunkFrames;
    const last = Math.ceil(end / frames);
    let chunk = Math.floor(start / frames);
    while (chunk < last && !this.#memory.intact(chunk)) chunk += 1;
    return Math.max(0, chunk * frames - start);
  }

  #timestampMs(chunk: number): { chunk: number; timestampMs: number } | undefined {
    if (chunk < 0 || !this.#memory.intact(chunk)) return undefined;
    const cursor = { position: chunk, delivered: 0, dropped: 0 };
    const reader = new ChunkRingReader(this.#memory, 1, cursor);
    if (reader.view().status !== 'ok') return undefined;
    const { timestampMs } = reader;
    return reader.confirm().status === 'ok' ? { chunk, timestampMs } : undefined;
  }
}
