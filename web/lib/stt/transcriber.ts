import { samplesPerMs, type SpeechSegment } from '../speech-segment.ts';
import type { Recognition, Recognizer } from './recognizer.ts';
import { faintestIn, knownEnd, quietestIn, speechEndIn, speechFramesIn } from './segment-parts.ts';
import type { FinalText, PartialText, SpokenText, TextEvent, TextGuard } from './text-event.ts';

/** Where the samples of segments are: the voice ring, or a file. */
export interface VoiceAudio {
  /** Whether it goes on while it is transcribed. */
  readonly isLive: boolean;
  /** Behind the newest sample. */
  readonly endSample: number;
  /** A copy of a stretch, without what is not held any more: that is at its beginning. */
  read(startSample: number, endSample: number): Float32Array;
  /** Time of a sample on the audio clock. */
  timeMs(sample: number): number;
}

/** How to transcribe; everything has a default. */
export interface TranscriberOptions {
  /** New sound between two partial texts, at least; Infinity: none. Default 500. */
  readonly partialEveryMs?: number;
  /** Longest stretch that the model gets, 2000 to 30000. Default 15000; it invents tails from 30000 on. */
  readonly longestMs?: number;
  /** A frame with at least this probability counts as speech. Default 0.5. */
  readonly threshold?: number;
}

/** With so many frames of speech a segment must have text: 0.4 s. More segments would be invented. */
const framesThatSpeak = 12;
/** Shorter than this, nothing was said: 0.1 s. */
const leastSamples = 1600;
const noText: Recognition = { text: '', tokens: [], repeats: false, encoderMs: 0, decoderMs: 0 };

/** A segment on its way through the model. */
interface Task {
  segment: SpeechSegment;
  /** Where the stretch begins that has no final text yet. */
  from: number;
  /** Up to where the last partial text went. */
  heardTo: number;
  arrivedMs: number;
  /** How much sound there was when the segment was told. */
  toldAt: number;
  isWaiting: boolean;
}

/**
 * Turns segments into texts, one after the other: partial ones while a segment grows, a final one at
 * its end, and one at each place where a segment that is too long is cut. Any thread.
 */
export class Transcriber {
  readonly #recognizer: Recognizer;
  readonly #audio: VoiceAudio;
  readonly #emit: (event: TextEvent) => void;
  readonly #partialSamples: number;
  readonly #longestSamples: number;
  readonly #threshold: number;
  readonly #tasks = new Map<number, Task>();
  #work: Promise<void> | null = null;
  #partial: AbortController | null = null;
  #partialOf = NaN;
  #lastWorkMs = 0;
  #lastPartialMs = 0;

  constructor(
    recognizer: Recognizer,
    audio: VoiceAudio,
    emit: (event: TextEvent) => void,
    { partialEveryMs = 500, longestMs = 15_000, threshold = 0.5 }: TranscriberOptions = {},
  ) {
    this.#recognizer = recognizer;
    this.#audio = audio;
    this.#emit = emit;
    this.#partialSamples = partialEveryMs * samplesPerMs;
    this.#longestSamples = longestMs * samplesPerMs;
    this.#threshold = threshold;
  }

  /** How long the model was at work for the last text. */
  get lastWorkMs(): number {
    return this.#lastWorkMs;
  }

  /**
   * Takes a segment, or what has become of it. Of updates that come faster than the model works, the
   * newest counts; an end is never lost, and ends a partial text that is under way.
   *
   * @param begin Where its text begins, if what comes before has been told already.
   */
  update(segment: SpeechSegment, begin: number = segment.startSample): void {
    const { startSample } = segment;
    const known = this.#tasks.get(startSample);
    this.#tasks.set(startSample, {
      segment,
      from: known?.from ?? begin,
      heardTo: known?.heardTo ?? begin,
      arrivedMs: performance.now(),
      toldAt: this.#audio.endSample,
      isWaiting: true,
    });
    if (segment.endSample !== null) this.#partial?.abort();
    this.#work ??= this.#workOff();
  }

  /** Forgets a segment; a partial text of it that is under way is not told. */
  cancel(startSample: number): void {
    if (this.#tasks.delete(startSample) && this.#partialOf === startSample) this.#partial?.abort();
  }

  /** Settles when nothing is left to do. @throws What the model threw. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #workOff(): Promise<void> {
    try {
      for (let task = this.#next(); task !== undefined; task = this.#next())
        await this.#advance(task);
    } finally {
      this.#work = null;
    }
  }

  // In the order in which they were begun; a segment that waits for more sound holds up nobody.
  #next(): Task | undefined {
    return [...this.#tasks.values()].find((task) => task.isWaiting);
  }

  async #advance(task: Task): Promise<void> {
    const { segment } = task;
    task.isWaiting = false;
    await this.#cut(segment);
    const current = this.#tasks.get(segment.startSample);
    // It was cancelled meanwhile.
    if (current === undefined) return;
    if (segment.endSample !== null) {
      await this.#finish(segment, current.from, segment.endSample);
      this.#tasks.delete(segment.startSample);
    } else if (!current.isWaiting && knownEnd(segment) - current.heardTo >= this.#partialPause) {
      await this.#hear(segment, current.from);
    }
  }

  // Partial texts take half of the thread at most.
  get #partialPause(): number {
    return Math.max(this.#partialSamples, 2 * this.#lastPartialMs * samplesPerMs);
  }

  async #cut(segment: SpeechSegment): Promise<void> {
    for (;;) {
      const task = this.#tasks.get(segment.startSample);
      if (task === undefined || knownEnd(segment) - task.from <= this.#longestSamples) return;
      const to = this.#placeOfCut(segment, task.from);
      await this.#finish(segment, task.from, to);
      this.#moveOn(segment.startSample, to);
    }
  }

  #placeOfCut(segment: SpeechSegment, start: number): number {
    const [from, to] = [start + this.#longestSamples / 2, start + this.#longestSamples];
    const quietest = quietestIn(segment, from, to);
    if (quietest !== undefined) return quietest;
    const samples = this.#audio.read(from, to);
    return faintestIn(samples, to - samples.length);
  }

  // An update may have come meanwhile: it knows nothing of the cut.
  #moveOn(startSample: number, to: number): void {
    const task = this.#tasks.get(startSample);
    if (task === undefined) return;
    task.from = to;
    task.heardTo = to;
  }

  async #finish(segment: SpeechSegment, from: number, to: number): Promise<void> {
    const text = await this.#textOf(segment, from, to);
    this.#emit({ kind: 'final', ...text } satisfies FinalText);
  }

  async #hear(segment: SpeechSegment, from: number): Promise<void> {
    const to = knownEnd(segment);
    const partial = new AbortController();
    this.#partial = partial;
    this.#partialOf = segment.startSample;
    try {
      const text = await this.#textOf(segment, from, to, partial.signal);
      this.#emit({ kind: 'partial', ...text } satisfies PartialText);
    } catch (error) {
      if (!partial.signal.aborted) throw error;
    } finally {
      this.#partial = null;
    }
    const task = this.#tasks.get(segment.startSample);
    if (task !== undefined) task.heardTo = to;
  }

  async #textOf(
    segment: SpeechSegment,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<SpokenText> {
    const { arrivedMs = 0, toldAt = to } = this.#tasks.get(segment.startSample) ?? {};
    const waitMs = performance.now() - arrivedMs;
    const samples = this.#audio.read(from, to);
    if (samples.length < to - from) this.#skip(from, to - samples.length);
    const speech = speechFramesIn(segment, from, to, this.#threshold);
    const guard = guardOf(samples, speech);
    const expectText = speech !== null && speech >= framesThatSpeak;
    // A partial text is the one that may be ended, and is worth no second look.
    const options = signal === undefined ? { expectText, isFinal: true } : { expectText, signal };
    const heard = guard === null ? await this.#recognizer.recognize(samples, options) : noText;
    this.#lastWorkMs = heard.encoderMs + heard.decoderMs;
    if (signal !== undefined) this.#lastPartialMs = this.#lastWorkMs;
    const { text, tokens, encoderMs, decoderMs } = heard;
    const spokenTo = speechEndIn(segment, from, to, this.#threshold);
    return {
      ...{ startSample: from, endSample: to, text, tokens },
      ...{ startMs: this.#audio.timeMs(from), endMs: this.#audio.timeMs(to) },
      guard: heard.repeats ? 'repetition' : guard,
      latencyMs: this.#since(spokenTo, this.#audio.endSample),
      detectionMs: this.#since(spokenTo, toldAt),
      timing: { waitMs, encoderMs, decoderMs },
    };
  }

  #since(sample: number, end: number): number | null {
    return this.#audio.isLive ? Math.max(0, end - sample) / samplesPerMs : null;
  }

  #skip(from: number, to: number): void {
    this.#emit({
      ...{ kind: 'skipped', startSample: from, endSample: to },
      ...{ startMs: this.#audio.timeMs(from), endMs: this.#audio.timeMs(to) },
    });
  }
}

function guardOf(samples: Float32Array, speechFrames: number | null): TextGuard | null {
  if (samples.length < leastSamples) return 'too-short';
  return speechFrames === 0 ? 'no-speech' : null;
}
