import { addToCounter } from '../web/shared/counter64.ts';
import { constants, scopeWord } from '../web/shared/layout.gen.ts';
import { scopeMask, scopeViews } from '../web/shared/scope-ring.ts';
import { writeRing } from './write-ring.ts';

/** Audio thread only. Wait-free. Writes each quantum into the scope ring and counts it. */
export class ScopeWriter {
  readonly #words: Int32Array;
  readonly #planes: readonly Float32Array[];
  #nextFrame = -1;

  constructor(buffer: ArrayBufferLike) {
    const { words, planes } = scopeViews(buffer);
    this.#words = words;
    this.#planes = planes;
  }

  /** @param frame The context's clock at the first frame of this quantum. */
  write(input: readonly Float32Array[], frames: number, frame: number): void {
    this.#countMissed(frame);
    this.#nextFrame = frame + frames;
    const position = Atomics.load(this.#words, scopeWord.writePos);
    for (let channel = 0; channel < constants.scopeChannels; channel += 1) {
      writeRing(this.#planes[channel]!, scopeMask, position, input, channel, frames);
    }
    Atomics.store(this.#words, scopeWord.quantumFrames, frames);
    Atomics.store(this.#words, scopeWord.channelCount, input.length);
    // Publishes the frames written above. Pairs with ScopeReader.latest().
    addToCounter(this.#words, scopeWord.writePos, scopeWord.writePosHigh, frames);
    addToCounter(this.#words, scopeWord.quantumCount, scopeWord.quantumCountHigh, 1);
  }

  #countMissed(frame: number): void {
    const missed = this.#nextFrame < 0 ? 0 : frame - this.#nextFrame;
    if (missed <= 0) return;
    addToCounter(this.#words, scopeWord.missedFrames, scopeWord.missedFramesHigh, missed);
  }
}
