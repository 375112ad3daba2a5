/** All utterances and all sounds without speech, judged frame by frame. */
import { type FrameDetector, type FrameProbability, VoiceFrames } from '../../web/lib/vad/index.ts';
import { backgrounds, soundsWithoutSpeech } from './sounds.ts';
import { type Utterance, utterances } from './utterances.ts';

export interface JudgedUtterance {
  readonly utterance: Utterance;
  readonly frames: readonly FrameProbability[];
}

export interface Judged {
  readonly utterances: readonly JudgedUtterance[];
  /** Frames of each sound in which nobody speaks; ten minutes in all. */
  readonly withoutSpeech: readonly (readonly FrameProbability[])[];
}

/** @param seeds Two hundred utterances for each. */
export function judgeAll(detector: FrameDetector, seeds: readonly number[]): Judged {
  const judge = (samples: Float32Array) => new VoiceFrames(detector).push(samples, 0);
  const sounds = backgrounds();
  return {
    utterances: seeds
      .flatMap((seed) => utterances(sounds, seed))
      .map((utterance) => ({ utterance, frames: judge(utterance.samples) })),
    withoutSpeech: [...soundsWithoutSpeech(sounds).values()].map(judge),
  };
}
