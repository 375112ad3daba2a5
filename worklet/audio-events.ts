import {
  audioEventWord as word,
  constants,
  watchSizes,
  watchWord,
} from '../web/shared/layout.gen.ts';
import { watchViews } from '../web/shared/watch-words.ts';

const wordRange = 0x1_0000_0000;
const maxFrames = 0x7fff_ffff;

/**
 * Audio thread only. Wait-free. Writes what went missing into a ring that the page reads when it likes;
 * what it does not read in time is overwritten, and still counted.
 */
export class AudioEventWriter {
  readonly #words: Int32Array;
  readonly #events: Int32Array;

  constructor(buffer: ArrayBufferLike) {
    const { words, events } = watchViews(buffer);
    this.#words = words;
    this.#events = events;
  }

  /**
   * @param kind An `audioEventKind`.
   * @param frame The context's clock at its first frame.
   */
  push(kind: number, input: number, frame: number, frames: number): void {
    const count = Atomics.load(this.#words, watchWord.eventCount);
    const at = ((count >>> 0) % constants.audioEvents) * watchSizes.event;
    Atomics.store(this.#events, at + word.kind, kind);
    Atomics.store(this.#events, at + word.input, input);
    Atomics.store(this.#events, at + word.frame, frame | 0);
    Atomics.store(this.#events, at + word.frameHigh, Math.floor(frame / wordRange));
    Atomics.store(this.#events, at + word.frames, Math.min(frames, maxFrames));
    // Publishes the words above. Pairs with AudioEventReader.read().
    Atomics.store(this.#words, watchWord.eventCount, (count + 1) | 0);
  }
}
