/** What the transcriber asks of a segment. */
import { frameSamples, quietestFrame, type SpeechSegment } from '../speech-segment.ts';

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
 * Where a segment that is too long is best cut: in the middle of the frame where speech is least likely.
 *
 * @returns A sample from `from` to `to`; undefined where the probabilities are not known.
 */
export function quietestIn(
  { startSample, probabilities }: SpeechSegment,
  from: number,
  to: number,
): number | undefined {
  const first = Math.ceil((from - startSample) / frameSamples);
  const end = Math.min(probabilities.length, Math.floor((to - startSample) / frameSamples));
  const frame = quietestFrame(probabilities, first, end);
  return frame === undefined ? undefined : startSample + (frame + 0.5) * frameSamples;
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
