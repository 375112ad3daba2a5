/** What the deadline meter counts, in the engine's memory. */
import { BlockView } from './block-view.ts';
import {
  constants,
  deadlineBucketsOffset,
  deadlineBytes,
  deadlineFields,
  directoryWord,
} from './layout.gen.ts';

const { deadlineBuckets, deadlineLinearNs, deadlineOctaveBuckets } = constants;
// The audio thread writes for well under a microsecond in every few milliseconds.
const maxAttempts = 100;

/** The counts of one moment, since the clock in use was chosen. */
export interface DeadlineCounts {
  /** Units and meaning stand in `deadlineFields`. */
  readonly words: Readonly<Record<keyof typeof deadlineFields, number>>;
  /** Measured quanta by bucket; `bucketBeginNs` says what a bucket is. */
  readonly buckets: Uint32Array;
}

/** Where the deadline meter of a started engine lies. */
export function deadlineOffset(buffer: ArrayBufferLike): number {
  return new Uint32Array(buffer, constants.arenaBase)[directoryWord.deadline] ?? 0;
}

/** The shortest duration that falls into a bucket, in nanoseconds. */
export function bucketBeginNs(bucket: number): number {
  const octave = Math.floor(bucket / deadlineOctaveBuckets);
  const within = (bucket % deadlineOctaveBuckets) / deadlineOctaveBuckets;
  if (octave === 0) return within * deadlineLinearNs;
  return (1 + within) * deadlineLinearNs * 2 ** (octave - 1);
}

/** The bucket that a duration falls into. @param ns From 0 to 2^32, without the end. */
export function bucketOf(ns: number): number {
  if (ns < deadlineLinearNs) return Math.floor((ns / deadlineLinearNs) * deadlineOctaveBuckets);
  const octave = 32 - Math.clz32(ns / deadlineLinearNs);
  const within = ns / (deadlineLinearNs * 2 ** (octave - 1)) - 1;
  return Math.floor((octave + within) * deadlineOctaveBuckets);
}

/** View on the deadline meter. Any thread but the audio thread. */
export class DeadlineView {
  readonly #block: BlockView<keyof typeof deadlineFields>;
  readonly #buckets: Int32Array;

  /** @param offset Of the block in the buffer, in bytes. */
  constructor(buffer: ArrayBufferLike, offset: number) {
    this.#block = new BlockView(buffer, offset, deadlineBytes, deadlineFields);
    this.#buckets = new Int32Array(buffer, offset + deadlineBucketsOffset, deadlineBuckets);
  }

  /** All counts of one moment, or undefined when the block never comes to rest. */
  read(): DeadlineCounts | undefined {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const words = this.#block.read();
      if (words === undefined) return undefined;
      const buckets = Uint32Array.from(this.#buckets, (_, i) => Atomics.load(this.#buckets, i));
      if (this.#block.read()?.sequence === words.sequence) return { words, buckets };
    }
    return undefined;
  }
}
