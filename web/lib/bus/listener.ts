import { ChunkRingReader } from '../../shared/chunk-ring.ts';
import { type AudioChunk, BorrowedChunk } from '../../shared/chunk.ts';
import type { BroadcastMemory, ReadStatus } from '../../shared/broadcast-ring.ts';
import { Follower, type ListenerData, type ListenOptions, type WaitOptions } from './follower.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

/**
 * Follows the chunks of a bus. Chunks lie in the ring itself: nothing is copied, and the writer never
 * waits, so a chunk that is kept for longer than the ring lasts is overwritten (`chunk.valid`).
 *
 * A chunk counts as delivered when it is handed out, whole. A listener that fell a whole ring behind
 * goes on with the newest chunk; what it lost is in `dropped`, and in the jump of `chunk.seq`.
 *
 * ```ts
 * for await (const chunk of listener) consume(chunk.samples);
 * ```
 *
 * One thread only; page or Worker.
 */
export class Listener extends Follower<ChunkRingReader> implements AsyncIterable<AudioChunk> {
  readonly #memory: BroadcastMemory;

  private constructor(
    ring: RingAddress,
    memory: BroadcastMemory,
    name: string,
    from?: ListenerData,
  ) {
    const reader = new ChunkRingReader(memory, 1, from?.cursor);
    const place = from === undefined ? {} : { place: from.place };
    super({ ring, memory, reader, name, ...place });
    this.#memory = memory;
  }

  /**
   * Begins with the next chunk that is published.
   * @throws RangeError The bus has as many listeners as fit.
   */
  static open(ring: RingAddress, options: ListenOptions = {}): Listener {
    return new Listener(ring, ringAt(ring), options.name ?? 'listener');
  }

  /** Goes on where the listener stood that was handed over by `transfer()`. */
  static attach(data: ListenerData): Listener {
    return new Listener(data.ring, ringAt(data.ring), data.name, data);
  }

  /**
   * The oldest unread chunk, waited for; undefined when the bus was closed and everything read.
   *
   * A wait that is aborted leaves the chunk for the next call.
   *
   * @throws The signal's reason when it aborts, DOMException InvalidStateError when closed.
   */
  async recv({ signal }: WaitOptions = {}): Promise<AudioChunk | undefined> {
    this.requireOpen();
    for (;;) {
      await this.untilUnread(1, signal);
      const ended = this.pending === 0;
      const chunk = this.isOpen ? this.tryRecv() : undefined;
      if (chunk !== undefined || ended) return chunk;
    }
  }

  /** The oldest unread chunk; undefined when there is none. */
  tryRecv(): AudioChunk | undefined {
    this.requireOpen();
    return this.#take(() => this.reader.view().status);
  }

  /** The newest chunk, when there is an unread one; those before it count as dropped. */
  drainToLatest(): AudioChunk | undefined {
    this.requireOpen();
    return this.#take(() => this.reader.drainToLatest().status);
  }

  /** The chunks as they come, until the bus or this listener is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<AudioChunk, void, undefined> {
    while (this.isOpen) {
      const chunk = await this.recv();
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  // A dropout moves the reader to the newest chunk, so the next look finds one.
  #take(view: () => ReadStatus): AudioChunk | undefined {
    let chunk: AudioChunk | undefined;
    let status: ReadStatus;
    do {
      status = view();
      if (status === 'ok') chunk = this.#borrow();
    } while (chunk === undefined && status !== 'empty');
    this.publishFigures();
    return chunk;
  }

  #borrow(): AudioChunk | undefined {
    const { seq, timestampMs, samples } = this.reader;
    if (this.reader.confirm().status !== 'ok') return undefined;
    return new BorrowedChunk(this.#memory, seq, timestampMs, samples);
  }
}
