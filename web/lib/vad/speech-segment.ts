import type { FrameProbability } from '../../shared/probability-ring.ts';
import { vadConstants } from '../../shared/vad.gen.ts';

/** Samples of a frame; at 16 kHz it lasts 32 ms. */
export const frameSamples: number = vadConstants.vadFrames;
/** Samples of a millisecond. */
export const samplesPerMs = 16;

export type { FrameProbability };

/** A stretch in which somebody speaks. Samples have the numbers that the frames have. */
export interface SpeechSegment {
  /** The first sample, with what lies before the speech. It names the segment. */
  readonly startSample: number;
  /** Behind the last sample; null while it goes on. */
  readonly endSample: number | null;
  /** Frames that reach the threshold. */
  readonly speechFrames: number;
  /** The probability of each frame from `startSample` on: read only. */
  readonly probabilities: Float32Array;
  /** Whether it was cut because it became too long: another one goes on with the next sample. */
  readonly isCut: boolean;
}

/** Somebody seems to begin to speak: a segment is open now. */
export interface SpeechStart {
  readonly kind: 'speech-start';
  /** Of the segment, with what lies before the speech. */
  readonly startSample: number;
  /** The first sample of the frame in which speech was found. */
  readonly speechSample: number;
  /** Behind the last sample that it took to find it. */
  readonly foundAtSample: number;
  /** Whether it goes on from a segment that was cut. */
  readonly continues: boolean;
}

/** The open segment has ended. */
export interface SpeechEnd<Segment = SpeechSegment> {
  readonly kind: 'speech-end';
  readonly segment: Segment;
  /** Behind the last sample that it took to find its end. */
  readonly foundAtSample: number;
}

/** The open segment has ended and holds too little speech to be any. */
export interface Misfire<Segment = SpeechSegment> {
  readonly kind: 'misfire';
  readonly segment: Segment;
  /** Behind the last sample that it took to find that out. */
  readonly foundAtSample: number;
}

/** What a segmenter finds. */
export type SegmenterEvent = SpeechStart | SpeechEnd | Misfire;
