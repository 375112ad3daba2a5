import { PushCounters } from '../../shared/push-block.ts';
import { attachSampleRing, type SampleRingProducer } from '../../shared/sample-ring.ts';
import { reject } from '../errors.ts';
import type { WaitOptions } from './follower.ts';
import { sleep } from './sleep.ts';

/** What another thread needs to push: plain data that a message carries there. */
export interface ProducerData {
  /** The engine's memory. */
  readonly buffer: ArrayBufferLike;
  /** Byte offset of the ring. */
  readonly ringOffset: number;
  /** Byte offset of the input's words. */
  readonly wordsOffset: number;
  /** Which opening of the input it belongs to. */
  readonly epoch: number;
  /** Frames per second. */
  readonly sampleRate: number;
}

// A context's clock goes on in steps: looking more often than this finds nothing new.
const minWaitMs = 1;
// The audio clock may stand still; this is how late a producer sees that it goes on, or that the
// input was closed.
const maxWaitMs = 50;

/**
 * The pushing end of a push input. One thread at a time, page or Worker: hand it over by
 * `transfer()` and `Producer.attach()`. Pushing is wait-free and makes no garbage.
 *
 * ```ts
 * const producer = Producer.attach(data); // in a Worker
 * while (await producer.ready(frames)) producer.pushAll(decodeNext());
 * ```
 */
export class Producer {
  /** Frames per second: the source's nominal rate. */
  readonly sampleRate: number;
  readonly #data: ProducerData;
  readonly #ring: SampleRingProducer;
  readonly #counters: PushCounters;
  #open = true;

  private constructor(data: ProducerData) {
    const { buffer, ringOffset, wordsOffset } = data;
    this.sampleRate = data.sampleRate;
    this.#data = data;
    this.#ring = attachSampleRing(buffer, ringOffset).producer;
    this.#counters = new PushCounters(buffer, wordsOffset);
  }

  /** Goes on where an earlier producer of the input stopped, in any thread. */
  static attach(data: ProducerData): Producer {
    return new Producer(data);
  }

  /** Planes that every push takes: 1 or 2. */
  get channels(): number {
    return this.#ring.channels;
  }

  /** Whether the input was closed, or another thread pushes now: nothing is taken any more. */
  get closed(): boolean {
    return !this.#open || this.#counters.epoch !== this.#data.epoch;
  }

  /** Frames that there is room for; 0 when closed. */
  get freeFrames(): number {
    return this.closed ? 0 : this.#ring.freeFrames();
  }

  /** Frames pushed since the input was opened, by every producer of it. */
  get pushedFrames(): number {
    return this.#counters.pushedFrames;
  }

  /** Frames that `pushOrDrop` dropped since the input was opened. */
  get droppedFrames(): number {
    return this.#counters.droppedFrames;
  }

  /**
   * Pushes all frames or, where there is no room for them, none: push them again later.
   *
   * @param planes One per channel, each of at least `frames` samples. Full scale is -1 to 1.
   * @throws RangeError for wrong planes.
   */
  pushAll(planes: readonly Float32Array[], frames: number = planes[0]?.length ?? 0): boolean {
    this.#check(planes, frames);
    if (this.closed || !this.#ring.pushAll(planes, frames)) return false;
    this.#counters.addPushed(frames);
    return true;
  }

  /**
   * Pushes as many of the first frames as there is room for. The rest is the caller's.
   *
   * @returns How many that were.
   * @throws RangeError for wrong planes.
   */
  pushSome(planes: readonly Float32Array[], frames: number = planes[0]?.length ?? 0): number {
    this.#check(planes, frames);
    if (this.closed) return 0;
    const pushed = this.#ring.pushSome(planes, frames);
    this.#counters.addPushed(pushed);
    return pushed;
  }

  /**
   * Pushes as many of the first frames as there is room for and drops the rest, which is counted: for
   * sources that cannot wait.
   *
   * @returns How many were dropped.
   * @throws RangeError for wrong planes.
   */
  pushOrDrop(planes: readonly Float32Array[], frames: number = planes[0]?.length ?? 0): number {
    const dropped = frames - this.pushSome(planes, frames);
    if (dropped > 0 && !this.closed) this.#counters.addDropped(dropped);
    return dropped;
  }

  /**
   * Waits until there is room for so many frames.
   *
   * @returns False when the input is closed.
   * @throws RangeError when the ring is shorter; the signal's reason when it aborts.
   */
  async ready(frames: number, { signal }: WaitOptions = {}): Promise<boolean> {
    const { capacity } = this.#ring;
    if (!(frames <= capacity)) reject('producer.ready', `at most ${capacity} frames`, frames);
    for (;;) {
      signal?.throwIfAborted();
      if (this.closed) return false;
      const lacking = frames - this.#ring.freeFrames();
      if (lacking <= 0) return true;
      const dueMs = (lacking / this.sampleRate) * 1000;
      const delayMs = Math.min(Math.max(dueMs, minWaitMs), maxWaitMs);
      await sleep(this.#counters, this.#counters.refusals, delayMs);
    }
  }

  /**
   * Ends this producer, for another thread to go on: `Producer.attach()` takes what it returns.
   *
   * @throws DOMException InvalidStateError when closed.
   */
  transfer(): ProducerData {
    if (this.closed) throw new DOMException('The producer is closed.', 'InvalidStateError');
    this.close();
    return this.#data;
  }

  /** Ends this producer; the input stays open, and silent without frames. */
  close(): void {
    this.#open = false;
  }

  #check(planes: readonly Float32Array[], frames: number): void {
    const { channels } = this;
    if (planes.length !== channels) reject('producer.planes', `${channels} planes`, planes.length);
    if (!Number.isInteger(frames) || frames < 0) {
      reject('producer.frames', 'a whole number of frames', frames);
    }
    for (let channel = 0; channel < channels; channel += 1) {
      const length = planes[channel]?.length ?? 0;
      if (length < frames) reject('producer.planes', `of at least ${frames} frames`, length);
    }
  }
}
