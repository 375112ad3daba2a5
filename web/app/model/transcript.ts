/** What was said, line by line, as it comes: first tentatively, then for good. */

/** Text of a stretch of speech, as the library tells it. */
export interface HeardText {
  readonly kind: 'partial' | 'final';
  /** It names the stretch: later texts of the same start take the place of earlier ones. */
  readonly startSample: number;
  readonly endSample: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** Speech that nobody held any more when it was to be written down. */
export interface LostSpeech {
  readonly kind: 'skipped';
  readonly startSample: number;
  readonly endSample: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A line of the transcript. */
export type TranscriptLine = HeardText | LostSpeech;

/** A line as files have it. */
export interface SpokenLine {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

const mostLines = 2000;

/** The lines in the order in which they were spoken. */
export class Transcript extends EventTarget {
  #lines: readonly TranscriptLine[] = [];
  #forgotten = 0;

  /** From the oldest to the newest. */
  get lines(): readonly TranscriptLine[] {
    return this.#lines;
  }

  /** Lines that were dropped because there were too many. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** What is final, and said something. */
  get spoken(): readonly SpokenLine[] {
    return this.#lines.filter(isSpoken).map(asSpoken);
  }

  /** Takes a text in the place of the one before of the same stretch; without words it is none. */
  hear(line: TranscriptLine): void {
    const others = this.#lines.filter(
      ({ kind, startSample }) => kind === 'skipped' || startSample !== line.startSample,
    );
    const isEmpty = line.kind !== 'skipped' && line.text.trim() === '';
    const all = isEmpty ? others : [...others, line];
    const sorted = all.toSorted((a, b) => a.startSample - b.startSample);
    this.#forgotten += Math.max(0, sorted.length - mostLines);
    this.#lines = sorted.slice(-mostLines);
    this.#tell();
  }

  /** Begins anew. */
  clear(): void {
    this.#lines = [];
    this.#forgotten = 0;
    this.#tell();
  }

  /** Calls the watcher on each change until the signal aborts. */
  watch(watcher: () => void, signal: AbortSignal): void {
    this.addEventListener('change', watcher, { signal });
  }

  #tell(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function asSpoken({ startMs, endMs, text }: HeardText): SpokenLine {
  return { startMs, endMs, text: text.trim() };
}

function isSpoken(line: TranscriptLine): line is HeardText {
  return line.kind === 'final' && line.text.trim() !== '';
}
