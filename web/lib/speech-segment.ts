/** What voice detection finds and speech to text takes. */
import { constants } from '../shared/layout.gen.ts';
import { vadConstants } from '../shared/vad.gen.ts';

/** Samples of a frame of voice detection; at 16 kHz it lasts 32 ms. */
export const frameSamples: number = vadConstants.vadFrames;
/** Samples per second of the voice. */
export const voiceRateHz: number = constants.chunkRateHz;
/** Samples of a millisecond. */
export const samplesPerMs: number = voiceRateHz / 1000;

/**
 * A stretch in which somebody speaks. Samples are counted as the voice ring counts them: number of the
 * chunk × length of a chunk.
 */
export interface SpeechSegment {
  /** The first sample, with what lies before the speech. It names the segment. */
  readonly startSample: number;
  /** Behind the last sample; null while it goes on. */
  readonly endSample: number | null;
  /** Frames that reach the threshold. */
  readonly speechFrames: number;
  /** The probability of each frame from `startSample` on: read only. Empty: not known. */
  readonly probabilities: Float32Array;
}

/**
 * The frame, from `first` on and before `end`, where speech is least likely: by the mean of three, of
 * equals the last. Frames that are not known count as speech.
 */
export function quietestFrame(
  probabilities: Float32Array,
  first: number,
  end: number,
): number | undefined {
  const at = (frame: number): number => probabilities[frame] ?? 1;
  let best: number | undefined;
  let lowest = Infinity;
  for (let frame = first; frame < end; frame += 1) {
    const mean = (at(frame - 1) + at(frame) + at(frame + 1)) / 3;
    if (mean > lowest) continue;
    lowest = mean;
    best = frame;
  }
  return best;
}
