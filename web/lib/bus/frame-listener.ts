import type { BroadcastMemory, ReadResult } from '../../shared/broadcast-ring.ts';
import { FrameRingReader } from '../../shared/frame-ring.ts';
import type { RingView } from '../../shared/ring-planes.ts';
import { reject } from '../errors.ts';
import { Follower, type ListenerData, type ListenOptions, type WaitOptions } from './follower.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

// What a lapped listener goes on with: a quarter of the ring leaves it three to read it in.
const keptShare = 1 / 4;
// What a listener that begins in the past leaves between the writer and itself: time to begin.
const sparedShare = 1 / 16;

/** How to listen to frames; everything has a default. */
export interface FrameListenOptions extends ListenOptions {
  /**
   * Begins so many frames in the past, as far as the ring holds them: all but a sixteenth of it, which
   * the writer would reach at once. `pending` says how many it has become. Default 0.
   */
  readonly pastFrames?: number;
}

/**
 * Follows the frames of the mix. Frames lie in the ring itself and are borrowed: `view`, use,
 * `confirm`, which says whether all of it was whole.
 *
 * ```ts
 * while (await listener.ready(4800)) {
 *   if (listener.view(4800).status !== 'ok') continue;
 *   listener.copyTo(0, left);
 *   listener.copyTo(1, right);
 *   if (listener.confirm().status === 'ok') write(left, right);
 * }
 * ```
 *
 * One thread only; page or Worker.
 */
export class FrameListener extends Follower<FrameRingReader> {
  private constructor(
    ring: RingAddress,
    memory: BroadcastMemory,
    name: string,
    from: Pick<ListenerData, 'cursor'> & Partial<Pick<ListenerData, 'place'>>,
  ) {
    const reader = new FrameRingReader(memory, memory.shape.capacity * keptShare, from.cursor);
    const place = from.place === undefined ? {} : { place: from.place };
    super({ ring, memory, reader, name, ...place });
  }

  /**
   * Begins with the next frame that is published, or in the past.
   * @throws RangeError The bus has as many listeners as fit, or a wrong option.
   */
  static open(ring: RingAddress, options: FrameListenOptions = {}): FrameListener {
    const { name = 'listener', pastFrames = 0 } = options;
    const isWhole = Number.isInteger(pastFrames) && pastFrames >= 0;
    if (!isWhole) reject('listen.pastFrames', 'a whole number from 0 on', pastFrames);
    const memory = ringAt(ring);
    const held = memory.shape.capacity * (1 - sparedShare);
    const position = Math.max(0, memory.published() - Math.min(pastFrames, held));
    return new FrameListener(ring, memory, name, {
      cursor: { position, delivered: 0, dropped: 0 },
    });
  }

  /** Goes on where the listener stood that was handed over by `transfer()`. */
  static attach(data: ListenerData): FrameListener {
    return new FrameListener(data.ring, ringAt(data.ring), data.name, data);
  }

  /** Number of the first frame that is borrowed, or else of the next one. */
  get position(): number {
    return this.reader.position;
  }

  /**
   * Waits until `frames` are unread. False when there will not be as many, because the bus or this
   * listener was closed.
   *
   * @throws The signal's reason when it aborts.
   */
  async ready(frames: number, { signal }: WaitOptions = {}): Promise<boolean> {
    this.requireOpen();
    await this.untilUnread(frames, signal);
    return this.isOpen && this.pending >= frames;
  }

  /**
   * Borrows the oldest unread frames, at most `maxFrames`, until `confirm`. `dropout`: they were
   * overwritten; the listener has moved on and `dropped` says by how many; nothing is borrowed.
   */
  view(maxFrames: number): ReadResult {
    this.requireOpen();
    return this.#told(this.reader.view(maxFrames));
  }

  /** Borrows the newest frames; the result counts what was passed over. */
  drainToLatest(frames: number): ReadResult {
    this.requireOpen();
    return this.#told(this.reader.drainToLatest(frames));
  }

  /** Frames that are borrowed. */
  get count(): number {
    return this.reader.count;
  }

  /** The borrowed frames of a channel in place, in two parts where the ring wraps: read only. */
  frames(channel: number): RingView {
    return this.reader.frames(channel);
  }

  /** Copies the borrowed frames of a channel to the beginning of the target. */
  copyTo(channel: number, target: Float32Array): void {
    this.reader.copyTo(channel, target);
  }

  /**
   * Ends the borrowing. `ok`: everything was whole and counts as delivered. `dropout`: some of it was
   * overwritten meanwhile: discard all of it.
   */
  confirm(): ReadResult {
    return this.#told(this.reader.confirm());
  }

  #told(result: ReadResult): ReadResult {
    this.publishFigures();
    return result;
  }
}
