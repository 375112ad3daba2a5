/**
 * A broadcast ring whose slots are chunks of mono audio, the voice ring: wasm/core/chunk_ring.h in
 * TypeScript. A chunk's sequence number is its position in the ring, so it is not stored.
 */
import {
  BroadcastReader,
  BroadcastWriter,
  type BroadcastMemory,
  type BroadcastShape,
  type ReaderCursor,
  type ReadResult,
} from './broadcast-ring.ts';
import { chunkMetaWord, chunkMetaWords } from './layout.gen.ts';

/** @param capacity Chunks: a power of two from 2 on. */
export function chunkRingShape(
  capacity: number,
  chunkFrames: number,
  rateHz: number,
): BroadcastShape {
  return { capacity, slotFrames: chunkFrames, channels: 1, metaWords: chunkMetaWords, rateHz };
}

/** The times of all chunks. */
class Timestamps {
  readonly #words: Uint32Array;
  readonly #capacity: number;
  readonly #scratchWords = new Uint32Array(2);
  readonly #scratch = new Float64Array(this.#scratchWords.buffer);

  constructor({ buffer, metaOffset, shape }: BroadcastMemory) {
    this.#words = new Uint32Array(buffer, metaOffset, shape.capacity * shape.metaWords);
    this.#capacity = shape.capacity;
  }

  get(seq: number): number {
    const at = this.#index(seq);
    this.#scratchWords[0] = this.#words[at]!;
    this.#scratchWords[1] = this.#words[at + 1]!;
    return this.#scratch[0]!;
  }

  set(seq: number, timestampMs: number): void {
    const at = this.#index(seq);
    this.#scratch[0] = timestampMs;
    this.#words[at] = this.#scratchWords[0]!;
    this.#words[at + 1] = this.#scratchWords[1]!;
  }

  #index(seq: number): number {
    return (seq & (this.#capacity - 1)) * chunkMetaWords + chunkMetaWord.timestampMs;
  }
}

/** Publishes chunks. One thread only. Wait-free. */
export class ChunkRingWriter extends BroadcastWriter {
  readonly #timestamps: Timestamps;

  constructor(memory: BroadcastMemory) {
    super(memory);
    this.#timestamps = new Timestamps(memory);
  }

  /**
   * @param timestampMs Time of the first sample on the audio clock.
   * @param samples As many as a chunk has.
   */
  write(timestampMs: number, samples: Float32Array): void {
    this.reserve(1);
    this.#timestamps.set(this.position, timestampMs);
    this.memory.planes.write(this.position, [samples], 1);
    this.commit(1);
  }
}

/** Follows the chunks. One thread per reader. Lock-free. */
export class ChunkRingReader extends BroadcastReader {
  readonly #timestamps: Timestamps;

  /** @param kept Newest chunks that a lapped reader goes on with: from 1 to half the capacity. */
  constructor(memory: BroadcastMemory, kept = 1, cursor?: ReaderCursor) {
    super(memory, kept, cursor);
    this.#timestamps = new Timestamps(memory);
  }

  /** Borrows the oldest unread chunk. */
  override view(): ReadResult {
    return super.view(1);
  }

  /** Borrows the newest chunk. */
  override drainToLatest(): ReadResult {
    return super.drainToLatest(1);
  }

  /** Sequence number of the borrowed chunk. */
  get seq(): number {
    return this.position;
  }

  /** Time of the borrowed chunk's first sample on the audio clock. */
  get timestampMs(): number {
    return this.#timestamps.get(this.position);
  }

  /** The borrowed chunk in place: nothing but `confirm` says that it was whole. */
  get samples(): Float32Array {
    return this.memory.planes.view(0, this.position, this.count).first;
  }

  /** Whether a chunk that was delivered earlier can still be read in place. */
  intact(seq: number): boolean {
    return this.memory.intact(seq);
  }
}
