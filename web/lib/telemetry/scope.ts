import { readCounter } from '../../shared/counter64.ts';
import { constants, scopeWord } from '../../shared/layout.gen.ts';
import { scopeMask, scopeViews } from '../../shared/scope-ring.ts';

/** Reads the waveform of the last frames. Page only. */
export class Scope {
  /** Frames that the scope holds. */
  readonly capacityFrames: number = constants.scopeFrames;
  readonly #words: Int32Array;
  readonly #planes: readonly Float32Array[];

  constructor(buffer: ArrayBufferLike) {
    const { words, planes } = scopeViews(buffer);
    this.#words = words;
    this.#planes = planes;
  }

  /** Frames written since the start. */
  get frames(): number {
    return readCounter(this.#words, scopeWord.writePos, scopeWord.writePosHigh);
  }

  /** Calls of the processor since the start. */
  get quanta(): number {
    return readCounter(this.#words, scopeWord.quantumCount, scopeWord.quantumCountHigh);
  }

  /** Frames of the audio clock for which the processor was not called. */
  get missedFrames(): number {
    return readCounter(this.#words, scopeWord.missedFrames, scopeWord.missedFramesHigh);
  }

  /** The context's clock at the end of the last quantum. */
  get clockFrame(): number {
    return this.firstFrame + this.frames + this.missedFrames;
  }

  /** The audio clock at the first call: it equals this plus `frames` plus `missedFrames`, always. */
  get firstFrame(): number {
    return readCounter(this.#words, scopeWord.firstFrame, scopeWord.firstFrameHigh);
  }

  /** Frames of the last quantum; 0 before the first. */
  get quantumFrames(): number {
    return Atomics.load(this.#words, scopeWord.quantumFrames);
  }

  /** Channels of the input in the last quantum: 0 (nothing connected), 1 or 2. */
  get channelCount(): number {
    return Atomics.load(this.#words, scopeWord.channelCount);
  }

  /**
   * Copies the newest frames, oldest first, into `target`.
   *
   * @param channel 0 left, 1 right; a mono source is on both.
   * @param target Its length is the number of frames, at most half of `capacityFrames`, so that the
   *   audio thread does not overwrite what is being read.
   * @returns The frame after the last one copied, as in `frames`; before that many frames exist, the
   *   front of `target` is 0.
   * @throws RangeError
   */
  latest(channel: number, target: Float32Array): number {
    const plane = this.#planes[channel];
    if (plane === undefined || target.length > this.capacityFrames / 2) {
      throw new RangeError(
        `scope.latest needs channel 0 or 1 and at most ${this.capacityFrames / 2} frames, ` +
          `was ${channel} and ${target.length}.`,
      );
    }
    const end = this.frames;
    const start = (end - target.length) & scopeMask;
    const first = plane.subarray(start, start + target.length);
    target.set(first);
    target.set(plane.subarray(0, target.length - first.length), first.length);
    return end;
  }
}
