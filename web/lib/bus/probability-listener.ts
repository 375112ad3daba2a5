import type { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import { constants } from '../../shared/layout.gen.ts';
import { type FrameProbability, ProbabilityRingReader } from '../../shared/probability-ring.ts';
import { Follower, type ListenerData, type ListenOptions, type WaitOptions } from './follower.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

// What a lapped listener goes on with: a quarter of the ring leaves it three to read it in.
const keptShare = 1 / 4;

/**
 * Follows what a voice detector says, frame by frame. `startSample` rises; a jump is a stretch that was
 * not listened to. One thread only; page or Worker.
 *
 * ```ts
 * for await (const { startSample, probability } of listener) show(startSample / 16, probability);
 * ```
 */
export class ProbabilityListener
  extends Follower<ProbabilityRingReader>
  implements AsyncIterable<FrameProbability>
{
  private constructor(
    ring: RingAddress,
    memory: BroadcastMemory,
    name: string,
    from?: ListenerData,
  ) {
    const kept = memory.shape.capacity * keptShare;
    const reader = new ProbabilityRingReader(memory, kept, from?.cursor);
    const place = from === undefined ? {} : { place: from.place };
    super({ ring, memory, reader, name, ...place });
  }

  /**
   * Begins with the next frame.
   * @throws RangeError The ring has as many listeners as fit.
   */
  static open(ring: RingAddress, options: ListenOptions = {}): ProbabilityListener {
    return new ProbabilityListener(ring, ringAt(ring), options.name ?? 'probabilities');
  }

  /** Goes on where the listener stood that was handed over by `transfer()`. */
  static attach(data: ListenerData): ProbabilityListener {
    return new ProbabilityListener(data.ring, ringAt(data.ring), data.name, data);
  }

  /**
   * The oldest unread frame's, waited for; undefined when the session was closed and everything read.
   *
   * @throws The signal's reason when it aborts, DOMException InvalidStateError when closed.
   */
  async recv({ signal }: WaitOptions = {}): Promise<FrameProbability | undefined> {
    this.requireOpen();
    for (;;) {
      await this.untilUnread(1, signal);
      const ended = this.pending === 0;
      const frame = this.isOpen ? this.tryRecv() : undefined;
      if (frame !== undefined || ended) return frame;
    }
  }

  /** The oldest unread frame's; undefined when there is none. */
  tryRecv(): FrameProbability | undefined {
    this.requireOpen();
    let frame: FrameProbability | undefined;
    while (frame === undefined) {
      const { status } = this.reader.view(1);
      if (status === 'empty') break;
      const { borrowed } = this.reader;
      if (status === 'ok' && this.reader.confirm().status === 'ok') frame = borrowed;
    }
    this.publishFigures();
    return frame;
  }

  /** The frames as they come, until the session or this listener is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FrameProbability, void, undefined> {
    while (this.isOpen) {
      const frame = await this.recv();
      if (frame === undefined) return;
      yield frame;
    }
  }

  protected override get slotMs(): number {
    return (constants.chunkFrames * 1000) / constants.chunkRateHz;
  }
}
