/** A push input in the engine's memory: where it lies, what the engine and the producer say of it. */
import { BlockView } from './block-view.ts';
import { addToCounter, readCounter } from './counter64.ts';
import {
  constants,
  directoryWord,
  pushBytes,
  pushFields,
  pushProducerWord as word,
} from './layout.gen.ts';
import { sampleRingBytes } from './sample-ring.ts';

const wordBytes = Int32Array.BYTES_PER_ELEMENT;
const ringBytes = sampleRingBytes({
  capacity: constants.pushRingFrames,
  channels: constants.inputChannels,
});

/** Byte offsets of a push input's ring and of its words. */
export interface PushPlace {
  readonly ringOffset: number;
  readonly wordsOffset: number;
}

/** Where the push input of a started engine lies. */
export function pushPlace(buffer: ArrayBufferLike, input: number): PushPlace {
  const directory = new Uint32Array(buffer, constants.arenaBase);
  return {
    ringOffset: (directory[directoryWord.pushRings] ?? 0) + input * ringBytes,
    wordsOffset: (directory[directoryWord.pushInputs] ?? 0) + input * pushBytes,
  };
}

/** What the engine writes of a push input. Units and meaning stand in `pushFields`. */
export class PushView extends BlockView<keyof typeof pushFields> {
  constructor(buffer: ArrayBufferLike, wordsOffset: number) {
    super(buffer, wordsOffset, pushBytes, pushFields);
  }
}

/** What the producer counts. */
export class PushCounters {
  readonly buffer: ArrayBufferLike;
  readonly #words: Int32Array;

  constructor(buffer: ArrayBufferLike, wordsOffset: number) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, wordsOffset, pushBytes / wordBytes);
  }

  /** Counts the openings and closings of the input: odd while it is open. */
  get epoch(): number {
    return Atomics.load(this.#words, pushFields.epoch.offset / wordBytes);
  }

  /** Closes the input for its producers where no engine is left to do it. The page only. */
  cutOff(epoch: number): void {
    Atomics.compareExchange(this.#words, pushFields.epoch.offset / wordBytes, epoch, epoch + 1);
  }

  get pushedFrames(): number {
    return readCounter(this.#words, word.pushedFrames, word.pushedFrames + 1);
  }

  get droppedFrames(): number {
    return readCounter(this.#words, word.droppedFrames, word.droppedFrames + 1);
  }

  /** Times that frames were dropped. */
  get refusals(): number {
    return Atomics.load(this.#words, word.refusals) >>> 0;
  }

  /** The producer only. Wait-free. */
  addPushed(frames: number): void {
    addToCounter(this.#words, word.pushedFrames, word.pushedFrames + 1, frames);
  }

  /** The producer only. Wait-free. */
  addDropped(frames: number): void {
    addToCounter(this.#words, word.droppedFrames, word.droppedFrames + 1, frames);
    Atomics.add(this.#words, word.refusals, 1);
  }

  /**
   * Blocks until the refusals are not `refusals` any more, or for `timeoutMs`. Only the producer
   * counts them, so for that thread it is the time. Workers only.
   */
  sleep(refusals: number, timeoutMs: number): void {
    Atomics.wait(this.#words, word.refusals, refusals | 0, timeoutMs);
  }

  /** As `sleep`, while the thread does other things: also on the page. Shared memory only. */
  async doze(refusals: number, timeoutMs: number): Promise<void> {
    await Atomics.waitAsync(this.#words, word.refusals, refusals | 0, timeoutMs).value;
  }
}
