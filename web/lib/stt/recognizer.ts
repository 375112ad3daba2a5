/** What turns a stretch of speech into text, whatever model it is. */

/** How to recognize; everything has a default. */
export interface RecognizeOptions {
  /** Whether there must be text: for stretches in which speech was heard. Default false. */
  readonly expectText?: boolean;
  /** Whether to look again where the text is not sure: it takes three times as long there. Default false. */
  readonly isFinal?: boolean;
  /** Ends the work between two tokens. */
  readonly signal?: AbortSignal;
}

/** Text, and what it cost. */
export interface Recognition {
  readonly text: string;
  /** Ids of the model's vocabulary, without the marks of beginning and end. */
  readonly tokens: readonly number[];
  /** Whether the text had begun to go round in circles and was cut there. */
  readonly repeats: boolean;
  readonly encoderMs: number;
  readonly decoderMs: number;
}

/** A model at work. One call at a time. */
export interface Recognizer {
  /**
   * @param samples Mono, 16 kHz, full scale is ±1.
   * @throws The signal's reason when it aborts.
   */
  recognize(samples: Float32Array, options?: RecognizeOptions): Promise<Recognition>;
}
