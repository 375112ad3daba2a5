/** The memory that the worklet and the Workers of the ring stress share, and what fills it. */
import { BroadcastMemory, broadcastRingBytes } from '../../../web/shared/broadcast-ring.ts';
import {
  FrameRingReader,
  FrameRingWriter,
  frameRingShape,
} from '../../../web/shared/frame-ring.ts';
import {
  attachSampleRing,
  createSampleRing,
  type SampleRingHalves,
  sampleRingBytes,
} from '../../../web/shared/sample-ring.ts';

/** Positions cross 2^32 in the first writes. */
export const start: number = 2 ** 32 - 3;

/** Capacities of the rings under stress, in frames. */
export const capacities = [2, 4, 8, 4096] as const;

/** Names the processor that writes. */
export const writerName = 'ring-stress-writer';

/** Everything that the threads share. */
export interface StressBuffers {
  /** See `controlWord`. */
  readonly control: SharedArrayBuffer;
  readonly sampleRing: SharedArrayBuffer;
  readonly frameRings: readonly SharedArrayBuffer[];
}

/** Words of the control buffer. */
export const controlWord = {
  /** Frames pushed into the sample ring. */
  pushed: 0,
  /** 1 when the writer has finished. */
  finished: 1,
  /** Views that were held until they were overwritten. */
  overtaken: 2,
} as const;

const controlBytes = 4 * Object.keys(controlWord).length;

const sampleShape = { capacity: 64, channels: 1 };

/** Makes all rings, empty. */
export function createBuffers(): StressBuffers {
  const sampleRing = new SharedArrayBuffer(sampleRingBytes(sampleShape));
  createSampleRing(sampleRing, 0, sampleShape, start);
  const frameRings = capacities.map((capacity) => {
    const shape = frameRingShape(capacity, 2, 48000);
    const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
    BroadcastMemory.create(buffer, 0, shape, start);
    return buffer;
  });
  return { control: new SharedArrayBuffer(controlBytes), sampleRing, frameRings };
}

export function sampleRingOf({ sampleRing }: StressBuffers): SampleRingHalves {
  return attachSampleRing(sampleRing, 0);
}

export function writersOf({ frameRings }: StressBuffers): FrameRingWriter[] {
  return frameRings.map((buffer) => new FrameRingWriter(new BroadcastMemory(buffer, 0)));
}

export function readerOf(buffer: SharedArrayBuffer): FrameRingReader {
  return new FrameRingReader(new BroadcastMemory(buffer, 0), 1);
}

/** A sample that names its position; exact in a float. */
export function sampleAt(position: number): number {
  return position % 2 ** 24;
}

/** Small seeded numbers (xorshift32: G. Marsaglia, 2003), also where there is no `crypto`. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) | 1;
  }

  below(count: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % count;
  }
}
