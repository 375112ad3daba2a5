/** A mix without an engine, as fast as it is written: every sample says its frame and its channel. */
import { allocateClock, allocateTable, type RingAddress } from '../../web/lib/bus/ring-address.ts';
import { MixBus } from '../../web/lib/bus/mix-bus.ts';
import type { RecorderHost } from '../../web/lib/recorder/recorder.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import { SharedClock } from '../../web/shared/shared-clock.ts';
import type { HeadlessEngine } from './engines.ts';

/** Frames of one write. */
const quantumFrames = 480;

/** The sample at a frame: differs from those of all frames near it, and from the other channel's. */
export function madeSample(channel: number, frame: number): number {
  const sign = channel === 0 ? 1 : -1;
  return (sign * ((frame % 999_983) + 1)) / 2 ** 20;
}

/** The mix of a session that has nothing else. */
export class MadeMix implements RecorderHost {
  readonly mix: MixBus;
  readonly sources: readonly null[] = [null];
  readonly memory: null = null;
  readonly scope = { firstFrame: 0 };
  readonly capacity: number;
  readonly #writer: FrameRingWriter;
  readonly #planes = [0, 1].map(() => new Float32Array(quantumFrames));
  readonly #clock: SharedClock;

  readonly #sample: (channel: number, frame: number) => number;

  constructor(sampleRate = 48_000, capacity = 2 ** 18, sample = madeSample) {
    this.#sample = sample;
    const shape = frameRingShape(capacity, 2, sampleRate);
    const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
    const memory = BroadcastMemory.create(buffer, 0, shape);
    const address: RingAddress = {
      ...{ buffer, byteOffset: 0, table: allocateTable(), clock: allocateClock() },
    };
    this.capacity = capacity;
    this.mix = new MixBus(address);
    this.#writer = new FrameRingWriter(memory);
    this.#clock = new SharedClock(address.clock);
  }

  /** Publishes so many frames more. */
  play(frames: number): void {
    for (let left = frames; left > 0; left -= quantumFrames) {
      const count = Math.min(left, quantumFrames);
      const from = this.#writer.position;
      for (const [channel, plane] of this.#planes.entries()) {
        for (let i = 0; i < count; i += 1) plane[i] = this.#sample(channel, from + i);
      }
      this.#writer.write(this.#planes, count);
    }
  }

  /** Ends the session: nothing follows. */
  close(): void {
    this.#clock.close();
  }
}

/** Feeds an engine's first input with such samples. @returns Feeds quanta; tells the frames so far. */
export function madeFeed(engine: HeadlessEngine, frames: number): (quanta: number) => number {
  const planes = [0, 1].map(() => new Float32Array(frames));
  let at = 0;
  return (quanta) => {
    for (let left = quanta; left > 0; left -= 1) {
      for (const [channel, plane] of planes.entries()) {
        for (let i = 0; i < frames; i += 1) plane[i] = madeSample(channel, at + i);
      }
      engine.feed(planes);
      at += frames;
    }
    return at;
  };
}
