/** How soon and how wholly speech is found, in samples: no clock is read. */
import { frameSamples, samplesPerMs, type SpeechSegment } from '../../web/lib/speech-segment.ts';
import type {
  FrameProbability,
  SpeechEnd,
  SpeechStart,
} from '../../web/lib/vad/segmenter-event.ts';
import { Segmenter } from '../../web/lib/vad/segmenter.ts';
import type { SegmenterOptions } from '../../web/lib/vad/settings.ts';
import type { Utterance } from './utterances.ts';

/** What became of one utterance. Times are positive where something is late, or lies before. */
export interface Score {
  readonly utterance: Utterance;
  /** Segments that hold something of it; none: it was not found. */
  readonly segments: number;
  /** Segments that hold nothing of it. */
  readonly falseSegments: number;
  /** Sound before its onset that the first segment holds. */
  readonly preRollMs: number;
  /** Sound behind its end that the last segment holds. */
  readonly tailMs: number;
  /** From the onset to the event. */
  readonly onsetMs: number;
  /** From the audible onset to the event. */
  readonly audibleOnsetMs: number;
  /** From the end to the event. */
  readonly endMs: number;
}

interface Found {
  readonly start: SpeechStart;
  readonly end: SpeechEnd;
}

/** Segments, each with the event that opened it. */
export function segmentsOf(
  frames: readonly FrameProbability[],
  options: SegmenterOptions,
): Found[] {
  const segmenter = new Segmenter(options);
  const events = [...frames.flatMap((frame) => segmenter.push(frame)), ...segmenter.finish()];
  const found: Found[] = [];
  let start: SpeechStart | undefined;
  for (const event of events) {
    if (event.kind === 'speech-start') start = event;
    if (event.kind === 'speech-end' && start !== undefined) found.push({ start, end: event });
  }
  return found;
}

const isOf =
  ({ onset, end }: Utterance) =>
  ({ startSample, endSample }: SpeechSegment): boolean =>
    startSample < end && (endSample ?? Infinity) > onset;

const ms = (samples: number): number => samples / samplesPerMs;

/** @param frames Of the utterance. */
export function scoreOf(
  utterance: Utterance,
  frames: readonly FrameProbability[],
  options: SegmenterOptions,
): Score {
  const all = segmentsOf(frames, options);
  const own = all.filter(({ end }) => isOf(utterance)(end.segment));
  const [first, last] = [own[0], own.at(-1)];
  const { onset, audibleOnset, end } = utterance;
  return {
    utterance,
    segments: own.length,
    falseSegments: all.length - own.length,
    preRollMs: ms(onset - (first?.start.startSample ?? Infinity)),
    tailMs: ms((last?.end.segment.endSample ?? -Infinity) - end),
    onsetMs: ms((first?.start.foundAtSample ?? Infinity) - onset),
    audibleOnsetMs: ms((first?.start.foundAtSample ?? Infinity) - audibleOnset),
    endMs: ms((last?.end.foundAtSample ?? Infinity) - end),
  };
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** Frames of a sound, by their probabilities. */
export const framesOf = (probabilities: readonly number[]): FrameProbability[] =>
  probabilities.map((probability, i) => ({ startSample: i * frameSamples, probability }));
