/** How the audio clock maps to the clock on the wall, in memory that all threads share. */
import { clockBytes, clockWord as word } from './layout.gen.ts';
import { readLocked, writeLocked } from './seqlock.ts';

/** A straight line: the audio clock at a moment, the wall's at the same, and the slope there. */
export interface ClockMapping {
  readonly audioMs: number;
  /** `performance.timeOrigin + performance.now()`, which means the same in every thread. */
  readonly wallMs: number;
  /** Wall milliseconds per audio millisecond: about 1. */
  readonly wallPerAudio: number;
}

/** The clock's words. The page writes, any thread reads. */
export class SharedClock {
  readonly buffer: ArrayBufferLike;
  readonly #words: Int32Array;
  readonly #scratchWords = new Int32Array(2);
  readonly #scratch = new Float64Array(this.#scratchWords.buffer);

  constructor(buffer: ArrayBufferLike) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, clockBytes / Int32Array.BYTES_PER_ELEMENT);
  }

  /** Null until the page has measured it. */
  get mapping(): ClockMapping | null {
    if (Atomics.load(this.#words, word.sequence) === 0) return null;
    const mapping = readLocked(this.#words, word.sequence, () => ({
      audioMs: this.#read(word.audioMs),
      wallMs: this.#read(word.wallMs),
      wallPerAudio: this.#read(word.wallPerAudio),
    }));
    return mapping ?? null;
  }

  /** The page only. */
  write(mapping: ClockMapping): void {
    writeLocked(this.#words, word.sequence, () => {
      this.#write(word.audioMs, mapping.audioMs);
      this.#write(word.wallMs, mapping.wallMs);
      this.#write(word.wallPerAudio, mapping.wallPerAudio);
    });
  }

  /** Whether the bus has ended: what is unread is all that there will be. */
  get closed(): boolean {
    return Atomics.load(this.#words, word.closed) !== 0;
  }

  /** The owner of the bus only. */
  close(): void {
    Atomics.store(this.#words, word.closed, 1);
  }

  #read(index: number): number {
    this.#scratchWords[0] = Atomics.load(this.#words, index);
    this.#scratchWords[1] = Atomics.load(this.#words, index + 1);
    return this.#scratch[0]!;
  }

  #write(index: number, value: number): void {
    this.#scratch[0] = value;
    Atomics.store(this.#words, index, this.#scratchWords[0]!);
    Atomics.store(this.#words, index + 1, this.#scratchWords[1]!);
  }
}
