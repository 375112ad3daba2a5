import { checkRange, reject } from '../errors.ts';
import { frameSamples, samplesPerMs } from '../speech-segment.ts';

/** What the speech is for: how soon a pause is its end. */
export type VadPreset = 'dictation' | 'conversation' | 'command';

/**
 * How speech is told from what is none. Everything has a default; times are rounded up to whole frames
 * of 32 ms.
 */
export interface SegmenterOptions {
  /** Gives the defaults of the others. Default `dictation`. */
  readonly preset?: VadPreset;
  /** A frame of at least this probability is speech. 0.05 to 0.95, default 0.5. */
  readonly threshold?: number;
  /**
   * A frame of at least this probability opens a segment. 0.01 to `threshold`, default 0.3 of it:
   * consonants without voice come first, and the detector is not sure of them. What was opened for
   * nothing ends as a misfire.
   */
  readonly startThreshold?: number;
  /**
   * Frames of a lower probability are silence, and so are those in which it falls, as it does for
   * some frames after speech. 0.01 to `threshold`, default 0.9 of it.
   */
  readonly stopThreshold?: number;
  /** A segment with less speech is a misfire. 32 to 2000, default 128. */
  readonly minSpeechMs?: number;
  /** So much silence ends a segment. 96 to 5000; default 640, `conversation` 448, `command` 192. */
  readonly minSilenceMs?: number;
  /**
   * A segment begins as much before the first frame with speech, if the sound is there and belongs
   * to no other segment. 0 to 2000, default 768: a quiet beginning is found up to a third of a
   * second late, and a fifth is to lie before it.
   */
  readonly preRollMs?: number;
  /** As much of the silence at the end belongs to the segment. 0 to `minSilenceMs`, default 256 or that. */
  readonly tailMs?: number;
  /** A segment that becomes as long is cut where speech is least likely. 5000 to 30000, default 15000. */
  readonly capMs?: number;
}

/** Options with every default filled in; times are frames. */
export interface SegmenterSettings {
  readonly preset: VadPreset;
  readonly threshold: number;
  readonly startThreshold: number;
  readonly stopThreshold: number;
  readonly minSpeechFrames: number;
  readonly minSilenceFrames: number;
  readonly preRollFrames: number;
  readonly tailFrames: number;
  readonly capFrames: number;
}

const silenceMs: Readonly<Record<VadPreset, number>> = {
  dictation: 640,
  conversation: 448,
  command: 192,
};

/** The presets. */
export const vadPresets: readonly VadPreset[] = Object.keys(silenceMs) as VadPreset[];

const frameMs = frameSamples / samplesPerMs;

const framesOf = (ms: number): number => Math.ceil(ms / frameMs);

function checkTime(name: string, ms: number, min: number, max: number): number {
  checkRange(`vad.${name}`, ms, min, max, 'ms');
  return framesOf(ms);
}

function checkThreshold(name: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max)) reject(`vad.${name}`, `from ${min} to ${max}`, value);
  return value;
}

/** Fills in the defaults. @throws RangeError */
export function settingsOf(options: SegmenterOptions = {}): SegmenterSettings {
  const { preset = 'dictation', threshold = 0.5 } = options;
  if (!vadPresets.includes(preset)) reject('vad.preset', vadPresets.join(', '), preset);
  checkThreshold('threshold', threshold, 0.05, 0.95);
  const { startThreshold = 0.3 * threshold, stopThreshold = 0.9 * threshold } = options;
  const { minSilenceMs = silenceMs[preset], minSpeechMs = 4 * frameMs, preRollMs = 768 } = options;
  const { tailMs = Math.min(256, minSilenceMs), capMs = 15_000 } = options;
  return {
    preset,
    threshold,
    startThreshold: checkThreshold('startThreshold', startThreshold, 0.01, threshold),
    stopThreshold: checkThreshold('stopThreshold', stopThreshold, 0.01, threshold),
    minSpeechFrames: checkTime('minSpeechMs', minSpeechMs, 32, 2000),
    minSilenceFrames: checkTime('minSilenceMs', minSilenceMs, 96, 5000),
    preRollFrames: checkTime('preRollMs', preRollMs, 0, 2000),
    tailFrames: checkTime('tailMs', tailMs, 0, minSilenceMs),
    capFrames: checkTime('capMs', capMs, 5000, 30_000),
  };
}
