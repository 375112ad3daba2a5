import type { SegmenterSettings } from './settings.ts';
import { frameSamples, quietestFrame } from '../speech-segment.ts';
import type { FoundSegment } from './segmenter-event.ts';

/** A probability that falls to less than this part of the last one is that of silence. */
const fading = 0.97;
/** Below this, one of the last three counts, so that not every flicker on the way down is speech. */
const sure = 0.8;

/**
 * Whether a probability is on its way down: the detector forgets speech within some frames, in which it
 * falls and falls.
 *
 * @param before Those of the frames before it, of which there are so many.
 */
export function fades(probability: number, before: ArrayLike<number>, frames: number): boolean {
  let highest = before[frames - 1] ?? 0;
  if (probability < sure)
    highest = Math.max(highest, before[frames - 2] ?? 0, before[frames - 3] ?? 0);
  return probability < fading * highest;
}

/** A segment while it grows. */
export class OpenSegment {
  readonly startSample: number;
  readonly #settings: SegmenterSettings;
  readonly #probabilities: Float32Array;
  /** Speech before a cut counts for what follows it, too. */
  readonly #continues: boolean;
  #frames = 0;
  /** Behind the last frame that was not silence. */
  #heardFrames = 0;
  /** Behind the last frame that speech may be in, however it falls: the tail begins here. */
  #voicedFrames = 0;

  constructor(startSample: number, settings: SegmenterSettings, continues = false) {
    this.startSample = startSample;
    this.#settings = settings;
    this.#continues = continues;
    this.#probabilities = new Float32Array(settings.capFrames);
  }

  /** Takes the next frame. */
  add(probability: number): void {
    const isVoiced = probability >= this.#settings.stopThreshold;
    const goesOn = isVoiced && !fades(probability, this.#probabilities, this.#frames);
    this.#probabilities[this.#frames] = probability;
    this.#frames += 1;
    if (isVoiced) this.#voicedFrames = this.#frames;
    if (goesOn) this.#heardFrames = this.#frames;
  }

  /** Takes the frame that opened it. */
  begin(probability: number): void {
    this.add(probability);
    this.#heardFrames = this.#frames;
    this.#voicedFrames = this.#frames;
  }

  /** Whether it has ended. */
  get isSilent(): boolean {
    return this.#frames - this.#heardFrames >= this.#settings.minSilenceFrames;
  }

  /** Whether it has to be cut. */
  get isFull(): boolean {
    return this.#frames >= this.#settings.capFrames;
  }

  /** Behind the last frame. */
  get knownEnd(): number {
    return this.startSample + this.#frames * frameSamples;
  }

  /** As it is now. */
  get current(): FoundSegment {
    return this.#segment(this.#frames, null, false);
  }

  /** As it ends, with its tail. */
  get ended(): FoundSegment {
    const frames = Math.min(this.#frames, this.#voicedFrames + this.#settings.tailFrames);
    return this.#segment(frames, this.startSample + frames * frameSamples, false);
  }

  /** Whether there is speech enough in a part of it. */
  isSpeech({ speechFrames }: FoundSegment): boolean {
    return speechFrames >= (this.#continues ? 1 : this.#settings.minSpeechFrames);
  }

  /** Cuts it where speech is least likely, and opens what follows. */
  cut(): { readonly segment: FoundSegment; readonly rest: OpenSegment } {
    const half = this.#frames >> 1;
    const at = quietestFrame(this.#probabilities, half, this.#frames - 1) ?? half;
    const endSample = this.startSample + at * frameSamples;
    const rest = new OpenSegment(endSample, this.#settings, true);
    for (const probability of this.#probabilities.subarray(at, this.#frames)) rest.add(probability);
    return { segment: this.#segment(at, endSample, true), rest };
  }

  #segment(frames: number, endSample: number | null, isCut: boolean): FoundSegment {
    const probabilities = this.#probabilities.subarray(0, frames);
    const { threshold } = this.#settings;
    let speechFrames = 0;
    for (const probability of probabilities) if (probability >= threshold) speechFrames += 1;
    return { startSample: this.startSample, endSample, speechFrames, probabilities, isCut };
  }
}
