/** Follows the flight recorder's log while it is written: what every input gets, quantum by quantum. */
import { channelsAt, FlightFormatError } from './flight-log.ts';
import {
  constants,
  directoryWord,
  flightEntry,
  flightQuantumWord,
  flightQuantumWords,
  flightSegmentHeaderBytes,
  flightSegmentWord,
  flightStateWord,
} from './layout.gen.ts';

const wordRange = 0x1_0000_0000;
const kindScale = 2 ** constants.flightKindShift;
const wordBytes = Uint32Array.BYTES_PER_ELEMENT;
const maxWords =
  flightQuantumWords + constants.inputs * constants.inputChannels * constants.maxQuantumFrames;

/** A quantum as it went into the mixer. It lasts until the next call. */
export interface TailQuantum {
  /** The audio clock at its first frame. */
  readonly frame: number;
  readonly frames: number;
  /** Two bits for each input: see `channelsAt`. */
  readonly channels: number;
  /** The planes of all channels, one after the other. */
  readonly samples: Float32Array;
}

/** A segment in place. */
interface Segment {
  readonly head: Int32Array;
  readonly log: Uint32Array;
}

const load = (words: Int32Array, index: number): number => Atomics.load(words, index) >>> 0;
const numberOf = ({ head }: Segment): number => load(head, flightSegmentWord.number);

/**
 * Any thread but the audio thread; costs that thread nothing. Nothing is handed out that was not whole:
 * words are copied, and then the segment's number, which changes before anything in it does, is looked
 * at once more. What was given up before it was read is missing: the frames of the quanta tell.
 */
export class FlightTail {
  readonly #buffer: ArrayBufferLike;
  readonly #state: Int32Array;
  readonly #words = new Uint32Array(maxWords);
  readonly #floats = new Float32Array(this.#words.buffer);
  #segments: readonly Segment[] = [];
  #current: Segment | undefined;
  #number = 0;
  #at = 0;

  /** @param buffer The engine's memory, with an engine in it. */
  constructor(buffer: ArrayBufferLike) {
    const directory = new Uint32Array(buffer, constants.arenaBase);
    this.#buffer = buffer;
    this.#state = new Int32Array(buffer, directory[directoryWord.flight]);
  }

  /** Whether there is a recording to follow. */
  get isRecording(): boolean {
    return load(this.#state, flightStateWord.segments) > 0;
  }

  /** Goes to the segment in which the audio clock passes a frame, or to the oldest. */
  seek(frame: number): void {
    this.#begin(undefined);
    for (;;) {
      const next = this.#after(this.#number);
      const isThere = next !== undefined && (this.#number === 0 || firstFrameOf(next) <= frame);
      if (!isThere) return;
      this.#begin(next);
    }
  }

  /** The next quantum; undefined while there is none. @throws FlightFormatError The log is damaged. */
  next(): TailQuantum | undefined {
    for (;;) {
      // Looked for before the end of the present one: where there is a next one, that end is final.
      const following = this.#after(this.#number);
      const quantum = this.#current === undefined ? undefined : this.#read(this.#current);
      if (quantum !== undefined) return quantum;
      if (following === undefined) return undefined;
      this.#begin(following);
    }
  }

  #begin(segment: Segment | undefined): void {
    this.#current = segment;
    this.#number = segment === undefined ? 0 : numberOf(segment);
    this.#at = 0;
  }

  /** The oldest segment after the one with this number. */
  #after(number: number): Segment | undefined {
    const used = load(this.#state, flightStateWord.used);
    if (used > this.#segments.length) this.#segments = this.#segmentsAt(used);
    let found: Segment | undefined;
    let least = Infinity;
    for (const segment of this.#segments) {
      const its = numberOf(segment);
      if (its <= number || its >= least) continue;
      found = segment;
      least = its;
    }
    return found;
  }

  #segmentsAt(count: number): readonly Segment[] {
    const base = load(this.#state, flightStateWord.base);
    return Array.from({ length: count }, (_, i) => {
      const begin = base + i * constants.flightSegmentBytes;
      const logBytes = constants.flightSegmentBytes - flightSegmentHeaderBytes;
      return {
        head: new Int32Array(this.#buffer, begin, flightSegmentHeaderBytes / wordBytes),
        log: new Uint32Array(this.#buffer, begin + flightSegmentHeaderBytes, logBytes / wordBytes),
      };
    });
  }

  /** The next quantum of a segment; undefined at its end, and where it was given up. */
  #read({ head, log }: Segment): TailQuantum | undefined {
    for (;;) {
      // Pairs with FlightLog::commit(): the words were written before they are read.
      const committed = load(head, flightSegmentWord.committed);
      if (this.#at >= committed) return undefined;
      const first = log[this.#at] ?? 0;
      const length = first % kindScale;
      const isQuantum = Math.floor(first / kindScale) === flightEntry.quantum;
      const fits = length < committed - this.#at && (!isQuantum || length <= maxWords);
      if (isQuantum && fits) {
        this.#words.set(log.subarray(this.#at + 1, this.#at + 1 + length));
      }
      // Pairs with FlightLog::begin(): a read-modify-write, because nothing else keeps the plain
      // reads above before it.
      if (Atomics.add(head, flightSegmentWord.number, 0) >>> 0 !== this.#number) return undefined;
      if (!fits) throw new FlightFormatError(`segment ${this.#number} has an entry beyond its end`);
      this.#at += 1 + length;
      if (isQuantum) return this.#quantum(length);
    }
  }

  #quantum(length: number): TailQuantum {
    const word = (name: keyof typeof flightQuantumWord): number =>
      this.#words[flightQuantumWord[name]] ?? 0;
    return {
      frame: word('frameHigh') * wordRange + word('frame'),
      frames: word('frames'),
      channels: word('channels'),
      samples: this.#floats.subarray(flightQuantumWords, length),
    };
  }
}

function firstFrameOf({ head }: Segment): number {
  const { firstFrame, firstFrameHigh } = flightSegmentWord;
  return load(head, firstFrameHigh) * wordRange + load(head, firstFrame);
}

/** The plane of a channel of an input in a quantum; undefined where it has none. */
export function planeOf(
  { channels, frames, samples }: TailQuantum,
  input: number,
  channel: number,
): Float32Array | undefined {
  if (channel >= channelsAt(channels, input)) return undefined;
  let plane = channel;
  for (let before = 0; before < input; before += 1) plane += channelsAt(channels, before);
  return samples.subarray(plane * frames, (plane + 1) * frames);
}
