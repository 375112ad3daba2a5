/**
 * One writer, any number of readers that it knows nothing of: the memory and the protocol that
 * wasm/core/broadcast_ring.h describes, seen from TypeScript. FrameRing and ChunkRing give the slots
 * a type.
 *
 * Every word is used through `Atomics` and the samples are plain memory. In the memory model of
 * ECMAScript (ECMA-262, "Memory Model") an atomic write synchronises with the atomic reads that see
 * it, and a read-modify-write is both. So the reader's `Atomics.add(reservePos, 0)` comes either
 * before the writer's exchange, and then its plain reads happen before the writer's plain writes; or
 * after, and then it returns the new position and the reader rejects what it read. An `Atomics.load`
 * in its place would not do: it holds back what follows it, not the plain reads before it.
 */
import { broadcastRingHeaderBytes, broadcastRingWord as word } from './layout.gen.ts';
import { RingPlanes } from './ring-planes.ts';

const wordBytes = Uint32Array.BYTES_PER_ELEMENT;
const maxWords = 2 ** 30;
const halfRange = 2 ** 31;

/** `ok`: slots are there. `empty`: nothing new. `dropout`: the reader was lapped and has moved on. */
export type ReadStatus = 'ok' | 'empty' | 'dropout';

/** What a reader learns. */
export interface ReadResult {
  readonly status: ReadStatus;
  /** Slots that this call passed over, exact. */
  readonly dropped: number;
}

const ok: ReadResult = { status: 'ok', dropped: 0 };
const nothing: ReadResult = { status: 'empty', dropped: 0 };

/** What a broadcast ring holds. */
export interface BroadcastShape {
  /** Slots: a power of two from 2 on. */
  readonly capacity: number;
  readonly slotFrames: number;
  readonly channels: number;
  readonly metaWords: number;
  readonly rateHz: number;
}

/** Where a reader stands: plain data, to go on in another thread. */
export interface ReaderCursor {
  readonly position: number;
  readonly delivered: number;
  readonly dropped: number;
}

function isValid({ capacity, slotFrames, channels, metaWords }: BroadcastShape): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(capacity)) && capacity >= 2;
  const words = capacity * (slotFrames * channels + metaWords);
  return isPowerOfTwo && slotFrames >= 1 && channels >= 1 && words <= maxWords;
}

function headerWords(buffer: ArrayBufferLike, byteOffset: number): Int32Array {
  return new Int32Array(buffer, byteOffset, broadcastRingHeaderBytes / wordBytes);
}

function readShape(words: Int32Array): BroadcastShape {
  return {
    capacity: words[word.capacity]!,
    slotFrames: words[word.slotFrames]!,
    channels: words[word.channels]!,
    metaWords: words[word.metaWords]!,
    rateHz: words[word.rateHz]!,
  };
}

/** Size of a ring in bytes. */
export function broadcastRingBytes(shape: BroadcastShape): number {
  const { capacity, slotFrames, channels, metaWords } = shape;
  return broadcastRingHeaderBytes + capacity * (slotFrames * channels + metaWords) * wordBytes;
}

/** Views on the memory of one ring. Any thread. */
export class BroadcastMemory {
  readonly shape: BroadcastShape;
  readonly planes: RingPlanes;
  /** Byte offset of the first slot's meta words in the buffer. */
  readonly metaOffset: number;
  readonly buffer: ArrayBufferLike;
  readonly #words: Int32Array;

  /** The ring that lies in the buffer already. */
  constructor(buffer: ArrayBufferLike, byteOffset: number) {
    this.buffer = buffer;
    this.#words = headerWords(buffer, byteOffset);
    this.shape = readShape(this.#words);
    const { capacity, channels, slotFrames, metaWords } = this.shape;
    this.metaOffset = byteOffset + broadcastRingHeaderBytes;
    const planesOffset = this.metaOffset + capacity * metaWords * wordBytes;
    this.planes = new RingPlanes(buffer, planesOffset, channels, capacity, slotFrames);
  }

  /**
   * Makes an empty, silent ring of `broadcastRingBytes(shape)` bytes in the buffer. Positions begin
   * at `start`.
   * @throws RangeError The shape is not one that a ring can have.
   */
  static create(
    buffer: ArrayBufferLike,
    byteOffset: number,
    shape: BroadcastShape,
    start = 0,
  ): BroadcastMemory {
    if (!isValid(shape)) {
      const was = JSON.stringify(shape);
      throw new RangeError(`capacity must be a power of two from 2 on, no size 0, was ${was}.`);
    }
    new Uint8Array(buffer, byteOffset, broadcastRingBytes(shape)).fill(0);
    const words = headerWords(buffer, byteOffset);
    words[word.capacity] = shape.capacity;
    words[word.slotFrames] = shape.slotFrames;
    words[word.channels] = shape.channels;
    words[word.metaWords] = shape.metaWords;
    words[word.rateHz] = shape.rateHz;
    words[word.reservePos] = start;
    words[word.commitPos] = start;
    words[word.commitHalf] = Math.floor(start / halfRange);
    return new BroadcastMemory(buffer, byteOffset);
  }

  /** All slots ever published, exact beyond 32 bits: see the C++. */
  published(): number {
    for (;;) {
      const half = Atomics.load(this.#words, word.commitHalf);
      const position = Atomics.load(this.#words, word.commitPos);
      if (Atomics.load(this.#words, word.commitHalf) !== half) continue;
      const ahead = (half ^ (position >>> 31)) & 1;
      return ((half >>> 0) - ahead) * halfRange + (position & 0x7fff_ffff);
    }
  }

  /** End of the slots whose writing has begun: low 32 bits, signed. */
  reserved(): number {
    return Atomics.load(this.#words, word.reservePos);
  }

  /**
   * Whether the slot at this published position still holds what was published there. Everything
   * that this thread read from it before the call is then whole.
   */
  intact(position: number): boolean {
    const reserved = Atomics.add(this.#words, word.reservePos, 0);
    if ((reserved - position) >>> 0 > this.shape.capacity) return false;
    // 32 bits tell no slot from the one 2^32 later.
    return this.published() - position <= this.shape.capacity;
  }

  /** The writer only. */
  reserve(position: number): void {
    Atomics.exchange(this.#words, word.reservePos, position | 0);
  }

  /** The writer only. */
  commit(from: number, to: number): void {
    const half = Math.floor(to / halfRange);
    if (half !== Math.floor(from / halfRange)) Atomics.store(this.#words, word.commitHalf, half);
    Atomics.store(this.#words, word.commitPos, to | 0);
  }

  /** Wakes the readers that sleep in `wait`. Any thread, the audio thread included. */
  wake(): void {
    Atomics.notify(this.#words, word.commitPos);
  }

  /**
   * Sleeps until more than `position` slots are published, or for `timeoutMs`. Workers only: the
   * page and the audio thread must not sleep.
   */
  sleep(position: number, timeoutMs: number): void {
    Atomics.wait(this.#words, word.commitPos, position | 0, timeoutMs);
  }

  /** As `sleep`, while the thread does other things: also on the page. Shared memory only. */
  async doze(position: number, timeoutMs: number): Promise<void> {
    await Atomics.waitAsync(this.#words, word.commitPos, position | 0, timeoutMs).value;
  }
}

/** What all writers have in common. One thread only. Wait-free. A ring has one. */
export class BroadcastWriter {
  protected readonly memory: BroadcastMemory;
  #position: number;
  #reserved: number;

  /**
   * Goes on where an earlier writer stopped, were it in the middle of a write: what that one tore
   * stays reserved, so that no reader takes it for whole.
   */
  constructor(memory: BroadcastMemory) {
    this.memory = memory;
    this.#position = memory.published();
    this.#reserved = this.#position + ((memory.reserved() - this.#position) >>> 0);
  }

  /** Slots published so far; the next one gets this number. */
  get position(): number {
    return this.#position;
  }

  /** Slots of the largest write. */
  get maxSlots(): number {
    return this.memory.shape.capacity / 2;
  }

  /** Takes the next slots away from the readers. */
  protected reserve(slots: number): void {
    if (slots > this.maxSlots) {
      throw new RangeError(`slots must be at most ${this.maxSlots}, was ${slots}.`);
    }
    this.#reserved = Math.max(this.#reserved, this.#position + slots);
    this.memory.reserve(this.#reserved);
  }

  /** Publishes the next slots. */
  protected commit(slots: number): void {
    const from = this.#position;
    this.#position += slots;
    this.memory.commit(from, this.#position);
  }
}

/**
 * What all readers have in common. One thread per reader. Lock-free. `delivered` + `dropped` +
 * `pending` is the number of slots published since the reader began, always.
 */
export class BroadcastReader {
  protected readonly memory: BroadcastMemory;
  readonly #kept: number;
  #count = 0;
  #position: number;
  #delivered: number;
  #dropped: number;

  /**
   * Begins with the next slot that is published, or goes on from a cursor.
   * @param kept Newest slots that a lapped reader goes on with: from 1 to half the capacity.
   * @throws RangeError `kept` is out of range.
   */
  constructor(memory: BroadcastMemory, kept: number, cursor?: ReaderCursor) {
    if (!(kept >= 1 && kept <= memory.shape.capacity / 2)) {
      throw new RangeError(`kept must be from 1 to half of the capacity, was ${kept}.`);
    }
    this.memory = memory;
    this.#kept = kept;
    this.#position = cursor?.position ?? memory.published();
    this.#delivered = cursor?.delivered ?? 0;
    this.#dropped = cursor?.dropped ?? 0;
  }

  /**
   * Borrows the oldest unread slots, at most `max`, until `confirm`. `dropout`: the reader was
   * lapped and has moved on; nothing is borrowed.
   */
  view(max: number): ReadResult {
    this.#count = 0;
    const unread = this.pending;
    if (unread === 0) return nothing;
    const { capacity } = this.memory.shape;
    const reserved = (this.memory.reserved() - this.#position) >>> 0;
    if (unread > capacity || reserved > capacity) return this.#drop();
    this.#count = Math.min(unread, max);
    return ok;
  }

  /**
   * Ends the borrowing. `ok`: all that was read of the slots was whole, and they count as delivered.
   * `dropout`: some of it was overwritten meanwhile: discard all of it; the reader has moved on.
   */
  confirm(): ReadResult {
    if (!this.memory.intact(this.#position)) return this.#drop();
    this.#position += this.#count;
    this.#delivered += this.#count;
    this.#count = 0;
    return ok;
  }

  /** Passes over all but the newest `kept` slots and returns how many those were. */
  skipAhead(kept: number): number {
    const unread = this.pending;
    const passed = unread - Math.min(unread, kept);
    this.#count = 0;
    this.#position += passed;
    this.#dropped += passed;
    return passed;
  }

  /** Borrows the newest `count` slots; the result counts what it passed over. */
  drainToLatest(count: number): ReadResult {
    const passed = this.skipAhead(count);
    const { status, dropped } = this.view(count);
    return { status, dropped: dropped + passed };
  }

  /** Sleeps until there is something to read, or for `timeoutMs`. Workers only. */
  wait(timeoutMs: number): void {
    this.memory.sleep(this.#position, timeoutMs);
  }

  /** Number of the first slot that is borrowed, or else of the next one to read. */
  get position(): number {
    return this.#position;
  }

  /** Slots that are borrowed. */
  get count(): number {
    return this.#count;
  }

  get delivered(): number {
    return this.#delivered;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Slots published and neither delivered nor dropped yet. */
  get pending(): number {
    return this.memory.published() - this.#position;
  }

  /** Where this reader stands. What is borrowed is not delivered. */
  get cursor(): ReaderCursor {
    return { position: this.#position, delivered: this.#delivered, dropped: this.#dropped };
  }

  #drop(): ReadResult {
    return { status: 'dropout', dropped: this.skipAhead(this.#kept) };
  }
}
