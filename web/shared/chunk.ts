/** Chunks of audio as they are handed to consumers: borrowed from a ring, or owned. */
import type { BroadcastMemory } from './broadcast-ring.ts';

/** Mono audio with its place in time. */
export interface AudioChunk {
  /** Number of the chunk since the bus began. A jump says how many were lost in between. */
  readonly seq: number;
  /**
   * Time of the first sample in milliseconds on the audio clock (`AudioContext.currentTime` × 1000),
   * delays of filters taken off.
   */
  readonly timestampMs: number;
  /** Samples per second. */
  readonly sampleRate: number;
  /** Linear, full scale is ±1. A borrowed chunk's lie in the ring itself: read only. */
  readonly samples: Float32Array;
  /**
   * Whether the samples still are this chunk's. Ask after use: true says that everything read before
   * was whole. A borrowed chunk turns false when the ring comes round (32 s on a session's bus); an
   * owned one stays true.
   */
  readonly valid: boolean;
  /** An owned chunk of the same samples; undefined when the ring has come round meanwhile. */
  copy(): AudioChunk | undefined;
}

/** A chunk that belongs to its holder. */
export class OwnedChunk implements AudioChunk {
  readonly seq: number;
  readonly timestampMs: number;
  readonly sampleRate: number;
  readonly samples: Float32Array<ArrayBuffer>;
  readonly valid = true;

  constructor(
    seq: number,
    timestampMs: number,
    sampleRate: number,
    samples: Float32Array<ArrayBuffer>,
  ) {
    this.seq = seq;
    this.timestampMs = timestampMs;
    this.sampleRate = sampleRate;
    this.samples = samples;
  }

  copy(): OwnedChunk {
    return new OwnedChunk(this.seq, this.timestampMs, this.sampleRate, this.samples.slice());
  }
}

/** A chunk in place in a ring. */
export class BorrowedChunk implements AudioChunk {
  readonly seq: number;
  readonly timestampMs: number;
  readonly samples: Float32Array;
  readonly #memory: BroadcastMemory;

  constructor(memory: BroadcastMemory, seq: number, timestampMs: number, samples: Float32Array) {
    this.#memory = memory;
    this.seq = seq;
    this.timestampMs = timestampMs;
    this.samples = samples;
  }

  get sampleRate(): number {
    return this.#memory.shape.rateHz;
  }

  get valid(): boolean {
    return this.#memory.intact(this.seq);
  }

  copy(): OwnedChunk | undefined {
    const samples = new Float32Array(this.samples);
    if (!this.valid) return undefined;
    return new OwnedChunk(this.seq, this.timestampMs, this.sampleRate, samples);
  }
}
