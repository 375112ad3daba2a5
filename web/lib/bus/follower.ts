/** What all listeners have in common, whatever the slots of their ring are. */
import type {
  BroadcastMemory,
  BroadcastReader,
  ReaderCursor,
} from '../../shared/broadcast-ring.ts';
import { constants } from '../../shared/layout.gen.ts';
import { type ListenerPlace, ListenerTable } from '../../shared/listener-table.ts';
import { SharedClock } from '../../shared/shared-clock.ts';
import { reject } from '../errors.ts';
import { BusClock } from './bus-clock.ts';
import { Pacer } from './pacer.ts';
import type { RingAddress } from './ring-address.ts';
import { sleep } from './sleep.ts';

/** How to listen; everything has a default. */
export interface ListenOptions {
  /** Shown in the status. Default `listener`. At most 64 bytes of UTF-8 are kept. */
  readonly name?: string;
}

/** A listener on its way to another thread: plain data, to be sent by `postMessage`. */
export interface ListenerData {
  readonly ring: RingAddress;
  readonly name: string;
  readonly cursor: ReaderCursor;
  readonly place: ListenerPlace;
}

/** Ends a wait. */
export interface WaitOptions {
  readonly signal?: AbortSignal;
}

/** What a follower is made of. */
export interface FollowerParts<Reader extends BroadcastReader> {
  readonly ring: RingAddress;
  readonly memory: BroadcastMemory;
  readonly reader: Reader;
  readonly name: string;
  /** Of the listener that this one takes over from. */
  readonly place?: ListenerPlace;
}

/**
 * Follows a ring. One thread only; page or Worker. `delivered` + `dropped` + `pending` is the number
 * of slots published since it began, always: a slot is a chunk of a chunk ring, a frame of the mix.
 */
export abstract class Follower<Reader extends BroadcastReader> implements Disposable {
  /** As it was given to `listen`. */
  readonly name: string;
  /** The audio clock in terms of this thread's `performance.now()`. */
  readonly clock: BusClock;
  protected readonly reader: Reader;
  readonly #ring: RingAddress;
  readonly #memory: BroadcastMemory;
  readonly #shared: SharedClock;
  readonly #table: ListenerTable;
  readonly #place: ListenerPlace;
  readonly #pacer: Pacer;
  #open = true;
  #handOffMs: number | null = null;
  #inferenceMs: number | null = null;

  constructor(parts: FollowerParts<Reader>) {
    const { ring, memory, reader, name, place } = parts;
    this.#ring = ring;
    this.#memory = memory;
    this.reader = reader;
    this.name = name;
    this.#shared = new SharedClock(ring.clock);
    this.clock = new BusClock(this.#shared);
    this.#table = new ListenerTable(ring.table);
    const inherited = place === undefined ? undefined : this.#table.takeOver(place);
    this.#place = inherited ?? this.#claim();
    this.#pacer = new Pacer(this.slotMs);
    this.publishFigures();
  }

  /** Where the ring lies: plain data. */
  get address(): RingAddress {
    return this.#ring;
  }

  /** Slots handed out. */
  get delivered(): number {
    return this.reader.delivered;
  }

  /** Slots lost because this listener was too late for them, or passed over at its own wish. */
  get dropped(): number {
    return this.reader.dropped;
  }

  /** Slots published and neither delivered nor dropped yet. */
  get pending(): number {
    return this.reader.pending;
  }

  /** Distance to the writer: the time that `pending` lasts. */
  get lagMs(): number {
    return this.pending * this.slotMs;
  }

  /**
   * How long the last slot that was waited for may have waited to be seen, at most: the time since
   * the look before, which found nothing. Null at first.
   */
  get handOffMs(): number | null {
    return this.#handOffMs;
  }

  /** Passes over all that is unread and returns how many slots that was; they count as dropped. */
  skipAhead(): number {
    this.requireOpen();
    const passed = this.reader.skipAhead(0);
    this.publishFigures();
    return passed;
  }

  /** Tells the status how long the consumer's last work took. */
  reportInference(ms: number): void {
    this.#inferenceMs = ms;
    this.publishFigures();
  }

  /**
   * Hands the cursor and the memory to another thread, as plain data; this listener is closed. The
   * class's `attach` goes on with it there. Attached again, when that thread was lost, it goes on
   * from here once more, and the status shows the newest only.
   *
   * @throws DOMException InvalidStateError when closed, DataCloneError when the memory is not shared.
   */
  transfer(): ListenerData {
    this.requireOpen();
    if (this.#ring.buffer instanceof ArrayBuffer) {
      throw new DOMException('The memory of this bus is not shared.', 'DataCloneError');
    }
    const { name } = this;
    this.#open = false;
    return { ring: this.#ring, name, cursor: this.reader.cursor, place: this.#place };
  }

  /** Stops listening and leaves the status. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#table.release(this.#place);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Time of one slot. */
  protected get slotMs(): number {
    const { slotFrames, rateHz } = this.#memory.shape;
    return (slotFrames * 1000) / rateHz;
  }

  /** Whether nothing comes any more: this listener or the bus was closed. */
  protected get ended(): boolean {
    return !this.#open || this.#shared.closed;
  }

  protected get isOpen(): boolean {
    return this.#open;
  }

  protected requireOpen(): void {
    if (this.#open) return;
    throw new DOMException(`The listener “${this.name}” is closed.`, 'InvalidStateError');
  }

  /** Waits until `slots` are unread, or until the bus or this listener is closed. */
  protected async untilUnread(slots: number, signal: AbortSignal | undefined): Promise<void> {
    let missingMs: number | undefined;
    while (this.pending < slots) {
      signal?.throwIfAborted();
      if (this.ended) return;
      missingMs = performance.now();
      const wanted = this.reader.position + slots;
      await sleep(this.#memory, this.#published, this.#pacer.delayMs(wanted, missingMs));
    }
    signal?.throwIfAborted();
    if (missingMs !== undefined) this.#arrived(missingMs);
  }

  /** Writes the figures where the page reads them. */
  protected publishFigures(): void {
    const { position, delivered, dropped } = this.reader;
    const [handOffMs, inferenceMs] = [this.#handOffMs, this.#inferenceMs];
    const figures = { position, delivered, dropped, handOffMs, inferenceMs };
    if (this.#open) this.#table.write(this.#place, figures);
  }

  get #published(): number {
    return this.reader.position + this.reader.pending;
  }

  #arrived(missingMs: number): void {
    const nowMs = performance.now();
    this.#handOffMs = nowMs - missingMs;
    this.#pacer.saw(this.#published, nowMs, missingMs);
  }

  #claim(): ListenerPlace {
    const { position, delivered, dropped } = this.reader;
    const figures = { position, delivered, dropped, handOffMs: null, inferenceMs: null };
    const place = this.#table.claim(new TextEncoder().encode(this.name), figures);
    return place ?? reject('bus.listeners', `at most ${constants.listeners}`, 'one more');
  }
}
