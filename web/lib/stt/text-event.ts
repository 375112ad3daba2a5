/** What the work on a text took. */
export interface TextTiming {
  /** Until the model was free. */
  readonly waitMs: number;
  readonly encoderMs: number;
  readonly decoderMs: number;
}

/** Why a text is not what the model said. */
export type TextGuard = 'repetition' | 'no-speech' | 'too-short';

/**
 * Text of a stretch of speech. There are no times of words: the model gives none, because what it
 * attends to is not among its outputs.
 */
export interface SpokenText {
  /** The stretch, counted as the voice ring counts. The start names it: later texts replace it. */
  readonly startSample: number;
  readonly endSample: number;
  /** The same on the audio clock; of a file, from its beginning. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** Ids of the model's vocabulary. */
  readonly tokens: readonly number[];
  /** Whether the text was cut or dropped, and why. */
  readonly guard: TextGuard | null;
  /**
   * From the last sample with speech to this event, counted by what the voice ring has got since; null
   * where the sound is no live one.
   */
  readonly latencyMs: number | null;
  /** Of that, until voice detection had told so; null likewise. */
  readonly detectionMs: number | null;
  readonly timing: TextTiming;
}

/** What is heard so far; the same stretch will come again, longer. */
export interface PartialText extends SpokenText {
  readonly kind: 'partial';
}

/** The last word on a stretch. */
export interface FinalText extends SpokenText {
  readonly kind: 'final';
}

/** Sound of a segment that nobody held any more when it was wanted. */
export interface SkippedSpeech {
  readonly kind: 'skipped';
  readonly startSample: number;
  readonly endSample: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** What comes out of speech. */
export type TextEvent = PartialText | FinalText | SkippedSpeech;
