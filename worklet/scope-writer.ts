import { addToCounter, readCounter } from '../web/shared/counter64.ts';
import { audioEventKind, constants, scopeWord } from '../web/shared/layout.gen.ts';
import { scopeMask, scopeViews } from '../web/shared/scope-ring.ts';
import type { AudioEventWriter } from './audio-events.ts';
import { writeRing } from './write-ring.ts';

const beforeTheFirst = -1;

/**
 * Audio thread only. Wait-free. Writes each quantum into the scope ring and counts it. In memory that
 * another processor has left, it goes on from there: what the clock passed meanwhile is missed.
 */
export class ScopeWriter {
  readonly #words: Int32Array;
  readonly #planes: readonly Float32Array[];
  readonly #events: AudioEventWriter;
  #nextFrame: number;

  constructor(buffer: ArrayBufferLike, events: AudioEventWriter) {
    const { words, planes } = scopeViews(buffer);
    this.#words = words;
    this.#planes = planes;
    this.#events = events;
    this.#nextFrame = nextFrameOf(words);
  }

  /** @param frame The context's clock at the first frame of this quantum. */
  write(input: readonly Float32Array[], frames: number, frame: number): void {
    this.#followClock(frame);
    // The global clock may repeat itself for a quantum; what it says next makes up for that.
    this.#nextFrame = Math.max(frame, this.#nextFrame) + frames;
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

  #followClock(frame: number): void {
    if (frame <= this.#nextFrame) return;
    const { firstFrame, firstFrameHigh, missedFrames, missedFramesHigh } = scopeWord;
    if (this.#nextFrame === beforeTheFirst) {
      addToCounter(this.#words, firstFrame, firstFrameHigh, frame);
    } else {
      const missed = frame - this.#nextFrame;
      addToCounter(this.#words, missedFrames, missedFramesHigh, missed);
      this.#events.push(audioEventKind.missed, 0, this.#nextFrame, missed);
    }
  }
}

// First frame, frames and missed frames add up to the clock, always.
function nextFrameOf(words: Int32Array): number {
  const { writePos, writePosHigh, missedFrames, missedFramesHigh } = scopeWord;
  const frames = readCounter(words, writePos, writePosHigh);
  if (frames === 0) return beforeTheFirst;
  const first = readCounter(words, scopeWord.firstFrame, scopeWord.firstFrameHigh);
  return first + frames + readCounter(words, missedFrames, missedFramesHigh);
}
