/**
 * A broadcast ring whose slots are probabilities of speech, each with the samples that it is of:
 * wasm/core/probability_ring.h in TypeScript.
 */
import {
  type BroadcastMemory,
  BroadcastReader,
  type BroadcastShape,
  BroadcastWriter,
  type ReaderCursor,
} from './broadcast-ring.ts';
import { constants } from './layout.gen.ts';
import { probabilityMetaWord, probabilityMetaWords } from './vad.gen.ts';

/** What a voice detector says of one frame. */
export interface FrameProbability {
  /**
   * First of its 512 samples at 16 kHz, counted as the voice ring counts them: chunk n of the bus
   * begins with sample 512 n.
   */
  readonly startSample: number;
  /** That somebody speaks in it, 0 to 1. */
  readonly probability: number;
}

const wordRange = 0x1_0000_0000;

/** @param capacity Probabilities: a power of two from 2 on. */
export function probabilityRingShape(capacity: number): BroadcastShape {
  const rateHz = constants.chunkRateHz;
  return { capacity, slotFrames: 1, channels: 1, metaWords: probabilityMetaWords, rateHz };
}

/** The first samples of all slots. */
class StartSamples {
  readonly #words: Uint32Array;
  readonly #capacity: number;

  constructor({ buffer, metaOffset, shape }: BroadcastMemory) {
    this.#words = new Uint32Array(buffer, metaOffset, shape.capacity * shape.metaWords);
    this.#capacity = shape.capacity;
  }

  get(position: number): number {
    const at = this.#index(position);
    return this.#words[at + 1]! * wordRange + this.#words[at]!;
  }

  set(position: number, startSample: number): void {
    const at = this.#index(position);
    this.#words[at] = startSample % wordRange;
    this.#words[at + 1] = Math.floor(startSample / wordRange);
  }

  #index(position: number): number {
    const slot = position & (this.#capacity - 1);
    return slot * probabilityMetaWords + probabilityMetaWord.startSample;
  }
}

/** Publishes probabilities. One thread only. Wait-free. */
export class ProbabilityRingWriter extends BroadcastWriter {
  readonly #starts: StartSamples;

  constructor(memory: BroadcastMemory) {
    super(memory);
    this.#starts = new StartSamples(memory);
  }

  write({ startSample, probability }: FrameProbability): void {
    this.reserve(1);
    this.#starts.set(this.position, startSample);
    this.memory.planes.write(this.position, [Float32Array.of(probability)], 1);
    this.commit(1);
  }
}

/** Follows the probabilities. One thread per reader. Lock-free. */
export class ProbabilityRingReader extends BroadcastReader {
  readonly #starts: StartSamples;

  /** @param kept Newest ones that a lapped reader goes on with: from 1 to half the capacity. */
  constructor(memory: BroadcastMemory, kept: number, cursor?: ReaderCursor) {
    super(memory, kept, cursor);
    this.#starts = new StartSamples(memory);
  }

  /** The borrowed probability: nothing but `confirm` says that it was whole. */
  get borrowed(): FrameProbability {
    const [probability = NaN] = this.memory.planes.view(0, this.position, 1).first;
    return { startSample: this.#starts.get(this.position), probability };
  }
}
