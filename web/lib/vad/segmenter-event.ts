/** What a segmenter finds. */
import type { FrameProbability } from '../../shared/probability-ring.ts';
import type { SpeechSegment } from '../speech-segment.ts';

export type { FrameProbability };

/** A segment, as the segmenter tells it. */
export interface FoundSegment extends SpeechSegment {
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
export interface SpeechEnd<Segment = FoundSegment> {
  readonly kind: 'speech-end';
  readonly segment: Segment;
  /** Behind the last sample that it took to find its end. */
  readonly foundAtSample: number;
}

/** The open segment has ended and holds too little speech to be any. */
export interface Misfire<Segment = FoundSegment> {
  readonly kind: 'misfire';
  readonly segment: Segment;
  /** Behind the last sample that it took to find that out. */
  readonly foundAtSample: number;
}

/** What a segmenter finds. */
export type SegmenterEvent = SpeechStart | SpeechEnd | Misfire;
