/** A broadcast ring whose slots are frames, the mix ring: wasm/core/frame_ring.h in TypeScript. */
import { BroadcastReader, BroadcastWriter, type BroadcastShape } from './broadcast-ring.ts';
import type { RingView } from './ring-planes.ts';

/** @param capacity Frames: a power of two from 2 on. */
export function frameRingShape(capacity: number, channels: number, rateHz: number): BroadcastShape {
  return { capacity, slotFrames: 1, channels, metaWords: 0, rateHz };
}

/** Publishes frames. One thread only. Wait-free. */
export class FrameRingWriter extends BroadcastWriter {
  /**
   * @param planes One per channel, each of at least `frames` frames.
   * @throws RangeError More frames than `maxSlots`.
   */
  write(planes: readonly Float32Array[], frames: number = planes[0]!.length): void {
    this.reserve(frames);
    this.memory.planes.write(this.position, planes, frames);
    this.commit(frames);
  }
}

/** Follows the frames. One thread per reader. Lock-free. */
export class FrameRingReader extends BroadcastReader {
  /** The borrowed frames of a channel, in place: nothing but `confirm` says that they were whole. */
  frames(channel: number): RingView {
    return this.memory.planes.view(channel, this.position, this.count);
  }

  /** Copies the borrowed frames of a channel to the beginning of the target. */
  copyTo(channel: number, target: Float32Array): void {
    this.memory.planes.read(channel, this.position, target, this.count);
  }
}
