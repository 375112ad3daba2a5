/** The flight recorder's memory, as other threads read it while it is written. */
import type { FlightSegment } from './flight-log.ts';
import {
  constants,
  directoryWord,
  flightSegmentHeaderBytes,
  flightSegmentWord,
  flightStateWord,
} from './layout.gen.ts';

const wordRange = 0x1_0000_0000;

/** What the recorder holds. */
export interface FlightHolding {
  /** 0: nothing is recorded here. */
  readonly segments: number;
  /** Bytes of the logs. */
  readonly bytes: number;
  /** The audio clock where the oldest segment begins; null before the first. */
  readonly firstFrame: number | null;
}

/** Reads the segments. Any thread but the audio thread. */
export class FlightMemory {
  readonly #buffer: ArrayBufferLike;
  readonly #state: Int32Array;

  /** @param buffer The engine's memory, with an engine in it. */
  constructor(buffer: ArrayBufferLike) {
    const directory = new Uint32Array(buffer, constants.arenaBase);
    this.#buffer = buffer;
    this.#state = new Int32Array(buffer, directory[directoryWord.flight]);
  }

  /** How much there is, without copying it. */
  get holding(): FlightHolding {
    const heads = this.#heads();
    const first = heads.toSorted((a, b) => numberOf(a) - numberOf(b))[0];
    return {
      segments: this.#word(flightStateWord.segments),
      bytes: heads.reduce((sum, head) => sum + 4 * load(head, flightSegmentWord.committed), 0),
      firstFrame: first === undefined ? null : firstFrameOf(first),
    };
  }

  /** A copy of every segment that was whole while it was copied, in their order. */
  copy(): FlightSegment[] {
    return this.#heads()
      .map(copySegment)
      .filter((segment) => segment !== undefined)
      .toSorted((a, b) => a.number - b.number);
  }

  #heads(): Int32Array[] {
    const count = this.#word(flightStateWord.segments) === 0 ? 0 : this.#word(flightStateWord.used);
    const base = this.#word(flightStateWord.base);
    const words = constants.flightSegmentBytes / Int32Array.BYTES_PER_ELEMENT;
    return Array.from(
      { length: count },
      (_, i) => new Int32Array(this.#buffer, base + i * constants.flightSegmentBytes, words),
    ).filter((head) => numberOf(head) !== 0);
  }

  #word(index: number): number {
    return load(this.#state, index);
  }
}

const load = (words: Int32Array, index: number): number => Atomics.load(words, index) >>> 0;
const numberOf = (head: Int32Array): number => load(head, flightSegmentWord.number);

function firstFrameOf(head: Int32Array): number {
  const { firstFrame, firstFrameHigh } = flightSegmentWord;
  return load(head, firstFrameHigh) * wordRange + load(head, firstFrame);
}

function copySegment(head: Int32Array): FlightSegment | undefined {
  const number = numberOf(head);
  // Pairs with FlightLog::commit(): the words were written before they are read.
  const committed = load(head, flightSegmentWord.committed);
  const continues = load(head, flightSegmentWord.continues) === 1;
  const begin = flightSegmentHeaderBytes / Int32Array.BYTES_PER_ELEMENT;
  const log = new Uint32Array(committed);
  log.set(new Uint32Array(head.buffer, head.byteOffset).subarray(begin, begin + committed));
  // Pairs with FlightLog::begin(): a read-modify-write, because nothing else keeps the plain reads
  // above before it.
  const intact = Atomics.add(head, flightSegmentWord.number, 0) >>> 0 === number;
  return intact && committed > 0 ? { number, continues, log } : undefined;
}
