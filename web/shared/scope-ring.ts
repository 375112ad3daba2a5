/**
 * The scope ring's memory: control words, one plane of frames per channel, and the watch. It needs no
 * wasm, so the waveform and the counters run on whatever happens to the engine.
 */
import { constants, scopeWordCount, watchSizes } from './layout.gen.ts';

// The planes begin on a cache line of their own.
const headerBytes = Math.ceil((scopeWordCount * Int32Array.BYTES_PER_ELEMENT) / 64) * 64;
const watchWords =
  watchSizes.words + watchSizes.input * constants.inputs + watchSizes.event * constants.audioEvents;
const watchBytes = Math.ceil((watchWords * Int32Array.BYTES_PER_ELEMENT) / 64) * 64;
const planeBytes = constants.scopeFrames * Float32Array.BYTES_PER_ELEMENT;

/** Where the watch begins in the scope's buffer, in bytes: see watch-words.ts. */
export const watchOffset: number = headerBytes + planeBytes * constants.scopeChannels;

/** Size of the scope's buffer in bytes. */
export const scopeBytes: number = watchOffset + watchBytes;

/** Turns a free-running position into an index of a plane. */
export const scopeMask: number = constants.scopeFrames - 1;

/** Views on the scope's buffer. */
export interface ScopeViews {
  /** Control words; the indices are `scopeWord` in layout.gen.ts. */
  readonly words: Int32Array;
  /** One plane of `constants.scopeFrames` frames per channel: left, right. */
  readonly planes: readonly Float32Array[];
}

/** Makes the views on a buffer of `scopeBytes` bytes. */
export function scopeViews(buffer: ArrayBufferLike): ScopeViews {
  const planes = Array.from(
    { length: constants.scopeChannels },
    (_, channel) =>
      new Float32Array(buffer, headerBytes + channel * planeBytes, constants.scopeFrames),
  );
  return { words: new Int32Array(buffer, 0, scopeWordCount), planes };
}
