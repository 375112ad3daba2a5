/**
 * Small records from one thread to one other, wait-free on both sides: wasm/core/slot_queue.h in
 * TypeScript. A slot is a fixed number of 32-bit words.
 */
import { slotQueueHeaderBytes, slotQueueWord as word } from './layout.gen.ts';
import { ConsumerCursor, ProducerCursor } from './spsc-cursor.ts';

const wordBytes = Uint32Array.BYTES_PER_ELEMENT;

/** Views on the memory of a queue that the engine has made. */
class QueueMemory {
  readonly header: Int32Array;
  readonly #slots: readonly DataView[];

  constructor(buffer: ArrayBufferLike, byteOffset: number, slotWords: number) {
    this.header = new Int32Array(buffer, byteOffset, slotQueueHeaderBytes / wordBytes);
    const first = byteOffset + slotQueueHeaderBytes;
    const slotBytes = slotWords * wordBytes;
    this.#slots = Array.from(
      { length: this.capacity },
      (_, slot) => new DataView(buffer, first + slot * slotBytes, slotBytes),
    );
  }

  get capacity(): number {
    return this.header[word.capacity]!;
  }

  slot(position: number): DataView {
    return this.#slots[position & (this.#slots.length - 1)]!;
  }
}

/** Writes records. One thread only. Wait-free. */
export class SlotQueueProducer {
  readonly #memory: QueueMemory;
  readonly #cursor: ProducerCursor;

  /** The queue that lies in the buffer already. @param slotWords Words of one record. */
  constructor(buffer: ArrayBufferLike, byteOffset: number, slotWords: number) {
    this.#memory = new QueueMemory(buffer, byteOffset, slotWords);
    const { header, capacity } = this.#memory;
    this.#cursor = new ProducerCursor(header, word.writePos, word.readPos, capacity);
  }

  /**
   * Writes one record in place.
   * @returns False when the queue is full: nothing was written.
   */
  push(write: (slot: DataView) => void): boolean {
    if (this.#cursor.room(1) === 0) return false;
    write(this.#memory.slot(this.#cursor.position));
    this.#cursor.advance(1);
    return true;
  }
}

/** Reads records. One thread only. Wait-free. */
export class SlotQueueConsumer {
  readonly #memory: QueueMemory;
  readonly #cursor: ConsumerCursor;

  /** The queue that lies in the buffer already. @param slotWords Words of one record. */
  constructor(buffer: ArrayBufferLike, byteOffset: number, slotWords: number) {
    this.#memory = new QueueMemory(buffer, byteOffset, slotWords);
    const { header } = this.#memory;
    this.#cursor = new ConsumerCursor(header, word.writePos, word.readPos);
  }

  /**
   * Reads the oldest record in place and gives its slot back.
   * @returns Undefined when there is none.
   */
  pop<Record>(read: (slot: DataView) => Record): Record | undefined {
    if (this.#cursor.available(1) === 0) return undefined;
    const record = read(this.#memory.slot(this.#cursor.position));
    this.#cursor.advance(1);
    return record;
  }
}
