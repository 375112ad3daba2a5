/**
 * The watch in the scope's buffer: what the audio thread tells of each input, and a ring of what went
 * missing. It needs no wasm.
 */
import { constants, watchSizes } from './layout.gen.ts';
import { watchOffset } from './scope-ring.ts';

const wordBytes = Int32Array.BYTES_PER_ELEMENT;
const inputsOffset = watchOffset + watchSizes.words * wordBytes;
const eventsOffset = inputsOffset + watchSizes.input * constants.inputs * wordBytes;

/** Views on the watch; every word is used through Atomics. */
export interface WatchViews {
  /** Indices are `watchWord`. */
  readonly words: Int32Array;
  /** `watchSizes.input` words for each input; indices are `inputWatchWord`. */
  readonly inputs: Int32Array;
  /** `constants.audioEvents` slots of `watchSizes.event` words; indices are `audioEventWord`. */
  readonly events: Int32Array;
}

/** Makes the views on the scope's buffer. */
export function watchViews(buffer: ArrayBufferLike): WatchViews {
  const { words, input, event } = watchSizes;
  return {
    words: new Int32Array(buffer, watchOffset, words),
    inputs: new Int32Array(buffer, inputsOffset, input * constants.inputs),
    events: new Int32Array(buffer, eventsOffset, event * constants.audioEvents),
  };
}
