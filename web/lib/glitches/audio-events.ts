import {
  audioEventKind,
  audioEventWord as word,
  constants,
  watchSizes,
  watchWord,
} from '../../shared/layout.gen.ts';
import { watchViews } from '../../shared/watch-words.ts';

/** What the audio thread found missing. */
export interface AudioEvent {
  readonly kind: keyof typeof audioEventKind;
  readonly input: number;
  /** The context's clock at its first frame. */
  readonly frame: number;
  readonly frames: number;
}

/** Events since the last reading, and how many of them were overwritten before. */
export interface AudioEvents {
  readonly events: readonly AudioEvent[];
  readonly lost: number;
}

const wordRange = 0x1_0000_0000;
const kinds = Object.entries(audioEventKind) as [AudioEvent['kind'], number][];

/** Reads the ring of audio events from where it stands now. Page only. */
export class AudioEventReader {
  readonly #words: Int32Array;
  readonly #slots: Int32Array;
  #next: number;

  /** @param scope The scope's buffer. */
  constructor(scope: ArrayBufferLike) {
    const { words, events } = watchViews(scope);
    this.#words = words;
    this.#slots = events;
    this.#next = this.#count;
  }

  /** What is new; none is told twice. */
  read(): AudioEvents {
    const end = this.#count;
    const fresh = (end - this.#next) >>> 0;
    const first = end - Math.min(fresh, constants.audioEvents);
    const seen = Array.from({ length: end - first }, (_, i) => this.#slot(first + i));
    // The slot after the newest one may be under way, so it counts as overwritten too.
    const overwritten = Math.max(0, this.#count + 1 - constants.audioEvents - first);
    const events = seen.slice(overwritten).filter((event) => event !== null);
    this.#next = end;
    return { events, lost: fresh - events.length };
  }

  get #count(): number {
    return Atomics.load(this.#words, watchWord.eventCount) >>> 0;
  }

  #slot(count: number): AudioEvent | null {
    const at = ((count >>> 0) % constants.audioEvents) * watchSizes.event;
    const load = (index: number): number => Atomics.load(this.#slots, at + index);
    const kind = kinds.find(([, value]) => value === load(word.kind))?.[0];
    if (kind === undefined) return null;
    const frame = (load(word.frameHigh) >>> 0) * wordRange + (load(word.frame) >>> 0);
    return { kind, input: load(word.input), frame, frames: load(word.frames) };
  }
}
