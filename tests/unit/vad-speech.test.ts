import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { VAD_MODULE } from '../../scripts/lib/build-engine.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { VAD_WEIGHTS } from '../../scripts/lib/vad-weights.mjs';
import { vadReport } from '../../scripts/wer/vad.mjs';
import { VadModule, vadPresets } from '../../web/lib/vad/index.ts';
import { speechIsThere } from '../support/speech.ts';
import { falseSegmentsOf, isWhole, measurementOf, scoresOf, usualSeeds } from '../vad/index.ts';
import { type Judged, judgeAll } from '../vad/judged.ts';
import { quantile } from '../vad/metrics.ts';

const frameMs = 32;

const median = (values: readonly number[]): number => quantile(values, 0.5);
const p95 = (values: readonly number[]): number => quantile(values, 0.95);

describe.skipIf(!speechIsThere)(
  'of twice 200 utterances at 5 to 30 dB above the background',
  () => {
    let judged: Judged;

    beforeAll(async () => {
      const [module, weights] = [VAD_MODULE.file, VAD_WEIGHTS].map((file) =>
        readFileSync(fromRoot(file)),
      );
      judged = judgeAll(await VadModule.create(module!, weights!), usualSeeds);
    }, 120_000);

    test('there are that many, of every kind', () => {
      expect(judged.utterances).toHaveLength(400);
      const kinds = judged.utterances.map(({ utterance }) => utterance.background);
      expect(new Set(kinds).size).toBe(8);
      expect(scoresOf(judged, 'command').filter(isWhole).length).toBeGreaterThan(300);
    });

    test.each(vadPresets)('%s misses none and holds 200 ms before each', (preset) => {
      const cutShort = scoresOf(judged, preset).filter(
        ({ segments, preRollMs }) => segments === 0 || preRollMs < 200,
      );
      expect(cutShort.map(({ utterance }) => utterance.name)).toEqual([]);
    });

    test.each(vadPresets)('%s finds the audible beginning in 64 ms and a frame', (preset) => {
      const onsets = scoresOf(judged, preset).map(({ audibleOnsetMs }) => audibleOnsetMs);
      expect(p95(onsets)).toBeLessThanOrEqual(64 + frameMs);
    });

    // Consonants without voice, which the detector itself is not sure of, come before the rest.
    test.each(vadPresets)('%s finds the first trace of speech in 140 ms', (preset) => {
      const onsets = scoresOf(judged, preset).map(({ onsetMs }) => onsetMs);
      expect(p95(onsets)).toBeLessThanOrEqual(140);
      expect(median(onsets)).toBeLessThanOrEqual(64);
    });

    test.each([
      ['command', 300],
      ['dictation', 800],
    ] as const)('%s finds the end in %i ms, and splits one in a hundred', (preset, limitMs) => {
      const whole = scoresOf(judged, preset).filter(isWhole);
      expect(p95(whole.map(({ endMs }) => endMs))).toBeLessThanOrEqual(limitMs);
      const split = whole.filter(({ segments }) => segments > 1);
      expect(split.length / whole.length).toBeLessThanOrEqual(0.01);
    });

    test.each([
      ['dictation', -100],
      ['command', -230],
    ] as const)('%s leaves but the last trace of an end outside', (preset, limitMs) => {
      const tails = scoresOf(judged, preset).map(({ tailMs }) => tailMs);
      expect(quantile(tails, 0.05)).toBeGreaterThan(0);
      expect(Math.min(...tails)).toBeGreaterThanOrEqual(limitMs);
    });

    test.each(vadPresets)('%s finds at most one segment where nobody speaks', (preset) => {
      const frames = judged.withoutSpeech.reduce((sum, { length }) => sum + length, 0);
      expect((frames * frameMs) / 1000).toBeGreaterThan(599);
      expect(falseSegmentsOf(judged, preset)).toBeLessThanOrEqual(1);
    });

    test('the table of the command says that all bars are met', () => {
      const { bars } = vadReport(measurementOf(judged));
      expect(new Set(bars.map(({ preset }) => preset))).toEqual(new Set(vadPresets));
      expect(bars.filter(({ met }) => !met)).toEqual([]);
    });
  },
);
