/**
 * What the listeners of a ring tell of themselves. Each listener has a place and writes nothing but
 * it; the page reads; the ring's writer knows nothing of it.
 */
import type { ReaderCursor } from './broadcast-ring.ts';
import { constants, listenerBytes, listenerNameOffset, listenerWord } from './layout.gen.ts';
import { readLocked, writeLocked } from './seqlock.ts';

const word = listenerWord;
const wordBytes = Int32Array.BYTES_PER_ELEMENT;
const wordRange = 0x1_0000_0000;

/** Size of a table in bytes. */
export const listenerTableBytes: number = constants.listeners * listenerBytes;

/** What one listener tells: counts and positions are slots of the ring. */
export interface ListenerFigures extends ReaderCursor {
  /** At most so long the last slot waited to be seen; null before one was waited for. */
  readonly handOffMs: number | null;
  /** What the consumer reported of its last work; null before it did. */
  readonly inferenceMs: number | null;
}

/** A place as the page sees it. */
export interface ListenerRow extends ListenerFigures {
  /** UTF-8. */
  readonly name: Uint8Array<ArrayBuffer>;
  /** Grows whenever the place changes hands. */
  readonly epoch: number;
}

/** Which place a listener has, and until when: plain data. */
export interface ListenerPlace {
  readonly index: number;
  readonly claim: number;
  readonly epoch: number;
}

/** All places of a ring's listeners. Any thread but the audio thread. */
export class ListenerTable {
  readonly buffer: ArrayBufferLike;
  readonly #places: readonly Int32Array[];

  /** @param buffer Of `listenerTableBytes` bytes, zero at first. */
  constructor(buffer: ArrayBufferLike) {
    this.buffer = buffer;
    this.#places = Array.from(
      { length: constants.listeners },
      (_, index) => new Int32Array(buffer, index * listenerBytes, listenerBytes / wordBytes),
    );
  }

  /**
   * Takes a free place.
   * @param name UTF-8, cut off after `constants.listenerNameBytes` bytes.
   * @returns Undefined when all are taken.
   */
  claim(name: Uint8Array, figures: ListenerFigures): ListenerPlace | undefined {
    for (let index = 0; index < this.#places.length; index += 1) {
      const words = this.#places[index]!;
      const before = Atomics.load(words, word.claim);
      const isMine =
        before % 2 === 0 &&
        Atomics.compareExchange(words, word.claim, before, (before + 1) | 0) === before;
      if (isMine) return this.#occupy(index, (before + 1) | 0, name, figures);
    }
    return undefined;
  }

  /**
   * Hands the place to another listener: the one that had it writes no more.
   * @returns Undefined when the place was released before.
   */
  takeOver({ index, claim }: ListenerPlace): ListenerPlace | undefined {
    const words = this.#places[index]!;
    if (Atomics.load(words, word.claim) !== claim) return undefined;
    return { index, claim, epoch: (Atomics.add(words, word.epoch, 1) + 1) | 0 };
  }

  /** Whether the place still is this listener's. */
  holds({ index, claim, epoch }: ListenerPlace): boolean {
    const words = this.#places[index]!;
    return Atomics.load(words, word.claim) === claim && Atomics.load(words, word.epoch) === epoch;
  }

  /**
   * The place's listener only. Does nothing when the place is another's by now. One that loses its
   * place in the middle of this leaves figures that the new one's next ones replace.
   */
  write(place: ListenerPlace, figures: ListenerFigures): void {
    if (!this.holds(place)) return;
    const words = this.#places[place.index]!;
    writeLocked(words, word.sequence, () => {
      storeCount(words, word.position, figures.position);
      storeCount(words, word.delivered, figures.delivered);
      storeCount(words, word.dropped, figures.dropped);
      Atomics.store(words, word.handOffUs, toMicros(figures.handOffMs));
      Atomics.store(words, word.inferenceUs, toMicros(figures.inferenceMs));
    });
  }

  /** Gives the place back, if it is still this listener's. */
  release(place: ListenerPlace): void {
    if (this.holds(place)) Atomics.add(this.#places[place.index]!, word.claim, 1);
  }

  /** All listeners, in the order of their places. */
  rows(): readonly ListenerRow[] {
    return this.#places.flatMap((words, index) => {
      if (Atomics.load(words, word.claim) % 2 === 0) return [];
      const row = readLocked(words, word.sequence, () => readRow(words));
      return row === undefined ? [] : [{ ...row, name: this.#name(index) }];
    });
  }

  #occupy(index: number, claim: number, name: Uint8Array, figures: ListenerFigures): ListenerPlace {
    const words = this.#places[index]!;
    const text = name.subarray(0, constants.listenerNameBytes);
    new Uint8Array(this.buffer, index * listenerBytes + listenerNameOffset).set(text);
    Atomics.store(words, word.nameBytes, text.length);
    const place = { index, claim, epoch: (Atomics.add(words, word.epoch, 1) + 1) | 0 };
    this.write(place, figures);
    return place;
  }

  #name(index: number): Uint8Array<ArrayBuffer> {
    const length = Atomics.load(this.#places[index]!, word.nameBytes);
    const from = index * listenerBytes + listenerNameOffset;
    return new Uint8Array(new Uint8Array(this.buffer, from, length));
  }
}

function readRow(words: Int32Array): ListenerFigures & { readonly epoch: number } {
  return {
    epoch: Atomics.load(words, word.epoch),
    position: loadCount(words, word.position),
    delivered: loadCount(words, word.delivered),
    dropped: loadCount(words, word.dropped),
    handOffMs: fromMicros(Atomics.load(words, word.handOffUs)),
    inferenceMs: fromMicros(Atomics.load(words, word.inferenceUs)),
  };
}

function storeCount(words: Int32Array, index: number, count: number): void {
  Atomics.store(words, index, count | 0);
  Atomics.store(words, index + 1, Math.floor(count / wordRange));
}

function loadCount(words: Int32Array, index: number): number {
  return (Atomics.load(words, index + 1) >>> 0) * wordRange + (Atomics.load(words, index) >>> 0);
}

// Plus one, so that 0 says nothing was measured; an hour fits.
function toMicros(ms: number | null): number {
  return ms === null ? 0 : Math.min(Math.round(ms * 1000) + 1, 0x7fff_ffff);
}

function fromMicros(micros: number): number | null {
  return micros === 0 ? null : (micros - 1) / 1000;
}
