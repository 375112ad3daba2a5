/**
 * Frames of audio from one thread to one other, wait-free on both sides: the memory that
 * wasm/core/sample_ring.h describes, seen from TypeScript.
 */
import { sampleRingHeaderBytes, sampleRingWord as word } from './layout.gen.ts';
import { RingPlanes, type RingView } from './ring-planes.ts';
import { ConsumerCursor, ProducerCursor } from './spsc-cursor.ts';

const maxSamples = 2 ** 30;

/** What a SampleRing holds. */
export interface SampleRingShape {
  /** Frames: a power of two. */
  readonly capacity: number;
  readonly channels: number;
}

/** The two halves, made together; one of them is for another thread. */
export interface SampleRingHalves {
  readonly producer: SampleRingProducer;
  readonly consumer: SampleRingConsumer;
}

function isValid({ capacity, channels }: SampleRingShape): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(capacity)) && capacity >= 1;
  return isPowerOfTwo && channels >= 1 && capacity * channels <= maxSamples;
}

/** Size of a ring in bytes. */
export function sampleRingBytes(shape: SampleRingShape): number {
  const { capacity, channels } = shape;
  return sampleRingHeaderBytes + capacity * channels * Float32Array.BYTES_PER_ELEMENT;
}

function headerWords(buffer: ArrayBufferLike, byteOffset: number): Int32Array {
  return new Int32Array(buffer, byteOffset, sampleRingHeaderBytes / Int32Array.BYTES_PER_ELEMENT);
}

/**
 * Makes an empty, silent ring of `sampleRingBytes(shape)` bytes in the buffer. Both positions begin
 * at `start`.
 * @throws RangeError The shape is not one that a ring can have.
 */
export function createSampleRing(
  buffer: ArrayBufferLike,
  byteOffset: number,
  shape: SampleRingShape,
  start = 0,
): SampleRingHalves {
  if (!isValid(shape)) {
    const was = JSON.stringify(shape);
    throw new RangeError(`capacity must be a power of two, channels at least 1, was ${was}.`);
  }
  new Uint8Array(buffer, byteOffset, sampleRingBytes(shape)).fill(0);
  const words = headerWords(buffer, byteOffset);
  words[word.capacity] = shape.capacity;
  words[word.channels] = shape.channels;
  words[word.writePos] = start;
  words[word.readPos] = start;
  return attachSampleRing(buffer, byteOffset);
}

/**
 * The halves of a ring that lies in the buffer already. A half that takes over from an earlier one
 * goes on where that one stopped; two of the same kind must never be in use at once.
 */
export function attachSampleRing(buffer: ArrayBufferLike, byteOffset: number): SampleRingHalves {
  const words = headerWords(buffer, byteOffset);
  const capacity = words[word.capacity]!;
  const channels = words[word.channels]!;
  const planes = new RingPlanes(buffer, byteOffset + sampleRingHeaderBytes, channels, capacity);
  const producer = new ProducerCursor(words, word.writePos, word.readPos, capacity);
  const consumer = new ConsumerCursor(words, word.writePos, word.readPos);
  return {
    producer: new SampleRingProducer(planes, producer, capacity),
    consumer: new SampleRingConsumer(planes, consumer, capacity),
  };
}

/** Pushes frames. One thread only. Wait-free. */
export class SampleRingProducer {
  /** Frames of the ring. */
  readonly capacity: number;
  readonly #planes: RingPlanes;
  readonly #cursor: ProducerCursor;

  constructor(planes: RingPlanes, cursor: ProducerCursor, capacity: number) {
    this.#planes = planes;
    this.#cursor = cursor;
    this.capacity = capacity;
  }

  get channels(): number {
    return this.#planes.channels;
  }

  /** Frames that there is room for. */
  freeFrames(): number {
    return this.#cursor.room(this.capacity);
  }

  /**
   * Pushes all frames or, where there is no room for them, none.
   * @param planes One per channel, each of at least `frames` frames.
   */
  pushAll(planes: readonly Float32Array[], frames: number = planes[0]!.length): boolean {
    if (this.#cursor.room(frames) < frames) return false;
    this.#push(planes, frames);
    return true;
  }

  /**
   * Pushes as many of the first frames as there is room for and returns their number.
   * @param planes One per channel, each of at least `frames` frames.
   */
  pushSome(planes: readonly Float32Array[], frames: number = planes[0]!.length): number {
    const pushed = this.#cursor.room(frames);
    if (pushed > 0) this.#push(planes, pushed);
    return pushed;
  }

  #push(planes: readonly Float32Array[], frames: number): void {
    this.#planes.write(this.#cursor.position, planes, frames);
    this.#cursor.advance(frames);
  }
}

/** Pops frames. One thread only. Wait-free. */
export class SampleRingConsumer {
  readonly #planes: RingPlanes;
  readonly #cursor: ConsumerCursor;
  readonly #capacity: number;
  #count = 0;

  constructor(planes: RingPlanes, cursor: ConsumerCursor, capacity: number) {
    this.#planes = planes;
    this.#cursor = cursor;
    this.#capacity = capacity;
  }

  get channels(): number {
    return this.#planes.channels;
  }

  unreadFrames(): number {
    return this.#cursor.available(this.#capacity);
  }

  /**
   * Pops up to `frames` frames and returns their number.
   * @param planes One per channel, each of at least `frames` frames.
   */
  popSome(planes: readonly Float32Array[], frames: number = planes[0]!.length): number {
    const popped = this.view(frames);
    for (let channel = 0; channel < this.channels; channel += 1) {
      this.#planes.read(channel, this.#cursor.position, planes[channel]!, popped);
    }
    this.pop(popped);
    return popped;
  }

  /** Borrows the oldest unread frames, at most `max`, until `pop`, and returns their number. */
  view(max: number): number {
    this.#count = this.#cursor.available(max);
    return this.#count;
  }

  /** The borrowed frames of a channel, in place. */
  frames(channel: number): RingView {
    return this.#planes.view(channel, this.#cursor.position, this.#count);
  }

  /**
   * Ends the borrowing and gives the first `frames` of the borrowed frames back to the producer.
   * @throws RangeError More than were borrowed.
   */
  pop(frames: number): void {
    if (frames > this.#count) {
      throw new RangeError(`frames must be at most the ${this.#count} borrowed, was ${frames}.`);
    }
    this.#count = 0;
    if (frames > 0) this.#cursor.advance(frames);
  }
}
