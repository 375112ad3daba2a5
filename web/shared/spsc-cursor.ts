/**
 * The positions of a single-producer single-consumer ring: wasm/core/spsc_cursor.h in TypeScript.
 * Positions are free-running 32-bit counters; signed or unsigned is the same to masks and
 * differences, and Int32 is what `Atomics` and the optimiser like best.
 */

/** The producing half's position. One thread only. Wait-free. */
export class ProducerCursor {
  readonly #words: Int32Array;
  readonly #writePos: number;
  readonly #readPos: number;
  readonly #capacity: number;
  #position: number;
  #readSeen: number;

  /** @param writePos and @param readPos Indices of the words that hold the positions. */
  constructor(words: Int32Array, writePos: number, readPos: number, capacity: number) {
    this.#words = words;
    this.#writePos = writePos;
    this.#readPos = readPos;
    this.#capacity = capacity;
    this.#position = Atomics.load(words, writePos);
    this.#readSeen = Atomics.load(words, readPos);
  }

  /** Free slots, as far as the caller wants to know: at most `wanted`. */
  room(wanted: number): number {
    if (this.#freeSeen() < wanted) this.#readSeen = Atomics.load(this.#words, this.#readPos);
    return Math.min(wanted, this.#freeSeen());
  }

  /** Where the next slot goes: to be masked. */
  get position(): number {
    return this.#position;
  }

  /** Publishes the `count` slots from `position` on. */
  advance(count: number): void {
    this.#position = (this.#position + count) | 0;
    Atomics.store(this.#words, this.#writePos, this.#position);
  }

  #freeSeen(): number {
    return this.#capacity - ((this.#position - this.#readSeen) | 0);
  }
}

/** The consuming half's position. One thread only. Wait-free. */
export class ConsumerCursor {
  readonly #words: Int32Array;
  readonly #writePos: number;
  readonly #readPos: number;
  #position: number;
  #writeSeen: number;

  /** @param writePos and @param readPos Indices of the words that hold the positions. */
  constructor(words: Int32Array, writePos: number, readPos: number) {
    this.#words = words;
    this.#writePos = writePos;
    this.#readPos = readPos;
    this.#position = Atomics.load(words, readPos);
    this.#writeSeen = Atomics.load(words, writePos);
  }

  /** Unread slots, as far as the caller wants to know: at most `wanted`. */
  available(wanted: number): number {
    if (this.#unreadSeen() < wanted) this.#writeSeen = Atomics.load(this.#words, this.#writePos);
    return Math.min(wanted, this.#unreadSeen());
  }

  /** Where the oldest unread slot lies: to be masked. */
  get position(): number {
    return this.#position;
  }

  /** Gives the `count` slots from `position` on back to the producer. */
  advance(count: number): void {
    this.#position = (this.#position + count) | 0;
    Atomics.store(this.#words, this.#readPos, this.#position);
  }

  #unreadSeen(): number {
    return (this.#writeSeen - this.#position) | 0;
  }
}
