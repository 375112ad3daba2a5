/** Samples of a frame of voice detection; at 16 kHz a frame lasts 32 ms. */
export const frameSamples = 512;
/** Samples of a millisecond. */
export const samplesPerMs = 16;

/**
 * A stretch in which somebody speaks, as voice detection finds it. Samples are counted as the voice
 * ring counts them: number of the chunk × length of a chunk.
 */
export interface SpeechSegment {
  /** The first sample, with what was put before the speech. It names the segment. */
  readonly startSample: number;
  /** Behind the last sample; null while it goes on. */
  readonly endSample: number | null;
  /** Frames in which speech was heard. */
  readonly speechFrames: number;
  /** The probability of speech in each 512 samples from `startSample` on; empty: not known. */
  readonly probabilities: Float32Array;
}

/** Behind the last sample that is known. */
export function knownEnd({ startSample, endSample, probabilities }: SpeechSegment): number {
  return endSample ?? startSample + probabilities.length * frameSamples;
}

/** The probabilities of the frames that begin in a stretch. */
function probabilitiesIn(segment: SpeechSegment, from: number, to: number): Float32Array {
  const first = Math.ceil((from - segment.startSample) / frameSamples);
  const end = Math.ceil((to - segment.startSample) / frameSamples);
  return segment.probabilities.subarray(Math.max(0, first), Math.max(0, end));
}

/** Frames with speech in a part of a segment; null where that is not known. */
export function speechFramesIn(
  segment: SpeechSegment,
  from: number,
  to: number,
  threshold: number,
): number | null {
  if (segment.probabilities.length === 0) return null;
  const frames = probabilitiesIn(segment, from, to);
  return frames.reduce((count, probability) => count + (probability >= threshold ? 1 : 0), 0);
}

/** Behind the last sample with speech in a part of a segment; its end where that is not known. */
export function speechEndIn(
  segment: SpeechSegment,
  from: number,
  to: number,
  threshold: number,
): number {
  const last = probabilitiesIn(segment, segment.startSample, to).findLastIndex(
    (probability) => probability >= threshold,
  );
  const end = segment.startSample + (last + 1) * frameSamples;
  return last < 0 || end <= from ? to : Math.min(end, to);
}

/**
 * Where a segment that is too long is best cut: where speech is least likely, by the mean of three
 * frames; of equals the last.
 *
 * @returns A sample from `from` to `to`; undefined where the probabilities are not known.
 */
export function quietestIn(segment: SpeechSegment, from: number, to: number): number | undefined {
  const { startSample, probabilities } = segment;
  const at = (frame: number): number => probabilities[frame] ?? 1;
  let best: number | undefined;
  let lowest = Infinity;
  const first = Math.ceil((from - startSample) / frameSamples);
  for (let frame = first; startSample + (frame + 1) * frameSamples <= to; frame += 1) {
    const mean = (at(frame - 1) + at(frame) + at(frame + 1)) / 3;
    if (mean <= lowest && frame < probabilities.length) {
      lowest = mean;
      // In the middle of the frame.
      best = startSample + frame * frameSamples + frameSamples / 2;
    }
  }
  return best;
}

/** As `quietestIn`, by the power of the samples, of which the first one has the number `from`. */
export function faintestIn(samples: Float32Array, from: number): number {
  let best = samples.length;
  let lowest = Infinity;
  for (let start = 0; start + 3 * frameSamples <= samples.length; start += frameSamples) {
    const frames = samples.subarray(start, start + 3 * frameSamples);
    const power = frames.reduce((sum, sample) => sum + sample * sample, 0);
    if (power <= lowest) {
      lowest = power;
      best = start + (3 * frameSamples) / 2;
    }
  }
  return from + best;
}
