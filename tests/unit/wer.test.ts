import { describe, expect, test } from 'vitest';
import { latenciesOf, toldOf, transcribeAsTold } from '../../scripts/wer/latencies.mjs';
import { werOptions } from '../../scripts/wer/options.mjs';
import { vadLines, vadReport } from '../../scripts/wer/vad.mjs';
import { wordErrors, wordsOf } from '../../scripts/wer/words.mjs';
import { Transcriber } from '../../web/lib/stt/index.ts';
import { Segmenter, vadPresets } from '../../web/lib/vad/index.ts';
import type { VadFigures, VadMeasurement } from '../vad/index.ts';
import { framesOf } from '../vad/metrics.ts';

describe('words are compared as they are spoken', () => {
  test.each([
    ['Mr. Dashwood, cold-hearted!', 'mister dashwood cold hearted'],
    ['Press 1 or 42; dial 0 9 100.', 'press one or forty two dial zero nine one zero zero'],
    [
      "I'm sorry, that's not what you’re after; we can't.",
      'i am sorry that is not what you are after we can not',
    ],
    ["Waldo's voice mail", 'waldos voicemail'],
    ['Ten metres, ten meters', 'ten meters ten meters'],
    ['…', ''],
  ])('%s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });
});

describe('wrong words', () => {
  test.each([
    ['a b c', 'a b c', 0],
    ['a b c', 'a x c', 1],
    ['a b c', 'a c', 1],
    ['a c', 'a b c', 1],
    ['', 'a b', 2],
    ['a b', '', 2],
    ['a b c d', 'b c d a', 2],
  ])('of “%s” heard as “%s”: %i', (said, heard, errors) => {
    expect(wordErrors(wordsOf(said), wordsOf(heard))).toBe(errors);
  });
});

test('the command takes models by their short names', () => {
  expect(werOptions(['--model', 'tiny']).models).toEqual(['moonshine-tiny']);
  expect(werOptions([]).models).toEqual(['moonshine-tiny', 'moonshine-base']);
  expect(() => werOptions(['--words'])).toThrow(/--words/);
});

describe('how late texts come', () => {
  const model = {
    recognize: (samples: Float32Array) =>
      Promise.resolve({
        ...{ text: `${samples.length}`, tokens: [], repeats: false },
        ...{ encoderMs: 30, decoderMs: 50 },
      }),
  };
  const frames = (count: number, probability: number) => Array<number>(count).fill(probability);

  async function timesIn(probabilities: readonly number[]) {
    const samples = new Float32Array(512 * probabilities.length);
    const options = { minSilenceMs: 640 };
    const told = toldOf(Segmenter, options, framesOf(probabilities), samples.length);
    const texts = await transcribeAsTold({ modules: { Transcriber }, model }, samples, told);
    return texts.map(({ times }) => times);
  }

  test('is the pause that ends speech, and the work of the model', async () => {
    const sentence = [...frames(40, 0), ...frames(30, 0.9), ...frames(40, 0)];
    const times = await timesIn([...sentence, ...sentence]);
    expect(times).toHaveLength(2);
    for (const { vadWaitMs, latencyMs } of times)
      expect([vadWaitMs, latencyMs]).toEqual([640, 720]);
  });

  test.each([
    ['is shorter where the last frames with speech fade', [0.8, 0.7, 0.6], 640 - 3 * 32],
    ['is that pause alone where frames without speech fade', [0.49, 0.47, 0.46], 640],
    ['is longer where a frame that may be speech begins it anew', [0.3, 0.3, 0.3, 0.46], 768],
  ])('%s', async (_, end, waitMs) => {
    const [times] = await timesIn([...frames(30, 0.9), ...end, ...frames(40, 0)]);
    expect(times?.vadWaitMs).toBe(waitMs);
  });

  test('is not told of what was cut, or ended with the sound', async () => {
    const times = await timesIn([...frames(600, 0.9)]);
    expect(times).toHaveLength(2);
    expect(times.map(({ latencyMs }) => latencyMs)).toEqual([null, null]);
    const latencies = latenciesOf(times);
    expect(latencies).toMatchObject({ texts: 2, ends: 0, vadWaitMs: null, latencyMs: null });
    expect(latencies.encoderMs).toEqual({ median: 30, p95: 30 });
  });

  test('has a median and a 95th percentile, without what the model was not asked for', () => {
    const times = Array.from({ length: 20 }, (_, i) => ({
      ...{ startMs: 0, endMs: 0, encoderMs: i, decoderMs: 2 * i },
      ...{ vadWaitMs: 640, latencyMs: 640 + 3 * i },
    }));
    const { texts, latencyMs, decoderMs } = latenciesOf(times);
    expect(texts).toBe(19);
    expect(decoderMs).toEqual({ median: 20, p95: 38 });
    expect(latencyMs).toEqual({ median: 670, p95: 697 });
  });
});

describe('voice detection is held against its bars', () => {
  const delay = (p95: number) => ({ median: 0, p95, p99: 1000 });
  const good = {
    ...{ utterances: 400, missed: 0, leastPreRollMs: 200, splitShare: 0.01 },
    ...{ onsetMs: delay(130), audibleOnsetMs: delay(96) },
  };
  const figures: VadFigures[] = vadPresets.flatMap((preset) => [
    { preset, snrDb: null, ...good, endMs: delay(preset === 'command' ? 300 : 800) },
    { preset, snrDb: 5, ...good, endMs: delay(5000) },
  ]);
  const atTheBars: VadMeasurement = {
    figures,
    falseSegments: { dictation: 1, conversation: 1, command: 1 },
  };

  test('all of which may just be reached', () => {
    const report = vadReport(atTheBars);
    expect(report.bars.filter(({ met }) => !met)).toEqual([]);
    expect(report.met).toBe(true);
    expect(vadLines(report).join()).not.toContain('MISSED');
  });

  test.each([
    ['missed', { missed: 1 }],
    ['least sound before, ms', { leastPreRollMs: 199 }],
    ['audible onset, p95 ms', { audibleOnsetMs: delay(97) }],
    ['end, p95 ms', { endMs: delay(301) }],
    ['split, percent', { splitShare: 0.011 }],
  ])('and “%s” can be missed', (metric, worse) => {
    const isChanged = ({ preset, snrDb }: VadFigures) => preset === 'command' && snrDb === null;
    const command = figures.find(isChanged)!;
    const others = figures.filter((one) => !isChanged(one));
    const changed = [...others, { ...command, ...worse }];
    const report = vadReport({ ...atTheBars, figures: changed });
    const missed = report.bars.filter(({ met }) => !met);
    expect(missed.map(({ preset, metric: name }) => [preset, name])).toEqual([['command', metric]]);
    expect(report.met).toBe(false);
    expect(vadLines(report).filter((line) => line.startsWith('MISSED'))).toHaveLength(1);
  });

  test('and false segments, too', () => {
    const falseSegments = { dictation: 1, conversation: 2, command: 1 };
    const { bars } = vadReport({ ...atTheBars, falseSegments });
    expect(bars.filter(({ met }) => !met)).toMatchObject([{ preset: 'conversation', value: 2 }]);
  });
});
