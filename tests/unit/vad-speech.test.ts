import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { VAD_MODULE } from '../../scripts/lib/build-engine.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { VAD_WEIGHTS } from '../../scripts/lib/vad-weights.mjs';
import {
  type FrameProbability,
  VadModule,
  type VadPreset,
  vadPresets,
  VoiceFrames,
} from '../../web/lib/vad/index.ts';
import { speechIsThere } from '../support/speech.ts';
import { quantile, type Score, scoreOf, segmentsOf } from '../vad/metrics.ts';
import { backgrounds, soundsWithoutSpeech } from '../vad/sounds.ts';
import { type Utterance, utterances } from '../vad/utterances.ts';

const frameMs = 32;
/** A longer pause is the end of what was said before it. */
const longestPauseMs = 150;

const p95 = (values: readonly number[]): number => quantile(values, 0.95);
const isWhole = ({ utterance }: Score): boolean => utterance.longestPauseMs <= longestPauseMs;

describe.skipIf(!speechIsThere)(
  'of twice 200 utterances at 5 to 30 dB above noise and music',
  () => {
    const judged: { utterance: Utterance; frames: FrameProbability[] }[] = [];
    const quiet = new Map<string, FrameProbability[]>();

    beforeAll(async () => {
      const bytes = [VAD_MODULE.file, VAD_WEIGHTS].map((file) => readFileSync(fromRoot(file)));
      const detector = await VadModule.create(bytes[0]!, bytes[1]!);
      const judge = (samples: Float32Array) => new VoiceFrames(detector).push(samples, 0);
      const sounds = backgrounds();
      for (const utterance of [...utterances(sounds, 6), ...utterances(sounds, 7)]) {
        judged.push({ utterance, frames: judge(utterance.samples) });
      }
      for (const [name, sound] of soundsWithoutSpeech(sounds)) quiet.set(name, judge(sound));
    }, 120_000);

    const scores = (preset: VadPreset): Score[] =>
      judged.map(({ utterance, frames }) => scoreOf(utterance, frames, { preset }));

    test('there are that many, of every kind', () => {
      expect(judged).toHaveLength(400);
      expect(new Set(judged.map(({ utterance }) => utterance.background)).size).toBe(8);
      expect(scores('command').filter(isWhole).length).toBeGreaterThan(300);
    });

    test.each(vadPresets)('%s misses none and holds 200 ms before each', (preset) => {
      const cutShort = scores(preset).filter(
        ({ segments, preRollMs }) => segments === 0 || preRollMs < 200,
      );
      expect(cutShort.map(({ utterance }) => utterance.name)).toEqual([]);
    });

    test.each(vadPresets)('%s finds the beginning in 64 ms and a frame', (preset) => {
      const found = scores(preset);
      expect(p95(found.map(({ audibleOnsetMs }) => audibleOnsetMs))).toBeLessThanOrEqual(
        64 + frameMs,
      );
      // From the first trace of it on, which consonants without voice drown in noise.
      expect(p95(found.map(({ onsetMs }) => onsetMs))).toBeLessThanOrEqual(140);
      expect(
        quantile(
          found.map(({ onsetMs }) => onsetMs),
          0.5,
        ),
      ).toBeLessThanOrEqual(64 + frameMs);
    });

    test.each([
      ['command', 300],
      ['dictation', 800],
    ] as const)('%s finds the end in %i ms, and splits one in a hundred', (preset, limitMs) => {
      const whole = scores(preset).filter(isWhole);
      expect(p95(whole.map(({ endMs }) => endMs))).toBeLessThanOrEqual(limitMs);
      const split = whole.filter(({ segments }) => segments > 1);
      expect(split.length / whole.length).toBeLessThanOrEqual(0.01);
    });

    test.each([
      ['dictation', -100],
      ['command', -230],
    ] as const)('%s leaves but the last trace of an end outside', (preset, limitMs) => {
      const tails = scores(preset).map(({ tailMs }) => tailMs);
      expect(quantile(tails, 0.05)).toBeGreaterThan(0);
      expect(Math.min(...tails)).toBeGreaterThanOrEqual(limitMs);
    });

    test.each(vadPresets)('%s finds at most one segment where nobody speaks', (preset) => {
      const frames = [...quiet.values()].reduce((sum, { length }) => sum + length, 0);
      expect((frames * frameMs) / 1000).toBeGreaterThan(599);
      const found = [...quiet.values()].flatMap((sound) => segmentsOf(sound, { preset }));
      expect(found.length).toBeLessThanOrEqual(1);
    });
  },
);
