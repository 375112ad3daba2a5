import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { CLIPS, pathOf } from '../../scripts/lib/speech-clips.mjs';
import { Command } from '../support/commands.ts';
import { QuantaFolder } from '../support/quanta.ts';

/** Where nothing is fresh, a build comes first. */
const timeout = 300_000;

// Setup says so where it could not fetch them.
const isThere = CLIPS.every((clip) => existsSync(pathOf(clip)));
const speech = pathOf(CLIPS[0]!);

interface Measured {
  readonly condition: string;
  readonly all: { words: number; errors: number };
  readonly latencies: {
    readonly texts: number;
    readonly ends: number;
    readonly vadWaitMs: { median: number } | null;
    readonly latencyMs: { median: number } | null;
  };
}

interface WerReport {
  readonly results: readonly [whole: Measured, live: Measured];
  readonly vad: unknown;
}

describe.skipIf(!isThere)('the commands of speech to text', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());

  test('fetch the model that is not there', async () => {
    await using models = Command.npm(['run', 'models', '--', 'tiny']);
    expect(await models.exitCode()).toBe(0);
    expect(models.output).toMatch(/moonshine-tiny (is now|was already) in public\/models\./);
  });

  test('write down what is said in a file', async () => {
    const args = ['transcribe', speech, '--format', 'srt'];
    await using transcribe = Command.npm(['run', '-s', 'quanta', '--', ...args]);
    expect(await transcribe.exitCode()).toBe(0);
    expect(transcribe.output).toMatch(
      /^1\n00:00:00,\d{3} --> 00:00:1[01],\d{3}\nAnd so,? my fellow/m,
    );
  });

  test('count the words that are wrong', async () => {
    const json = folder.pathOf('wer.json');
    const options = ['--quick', '--model', 'tiny', '--json', json];
    await using wer = Command.npm(['run', 'wer', '--', ...options]);
    expect(await wer.exitCode()).toBe(0);
    expect(wer.output).toContain('met     at most 3.5 % of the words wrong');
    const { results, vad } = JSON.parse(readFileSync(json, 'utf8')) as WerReport;
    const [whole, live] = results;
    expect(whole.all.words).toBeGreaterThan(100);
    expect(whole.all.errors).toBeLessThanOrEqual(3);
    expect(whole.latencies).toMatchObject({ vadWaitMs: null, latencyMs: null });
    expect(live.condition).toBe('live, clean');
    const { texts, ends, vadWaitMs, latencyMs } = live.latencies;
    expect(texts).toBeGreaterThan(5);
    expect(ends).toBeGreaterThan(5);
    // The last frames with speech may have been fading already.
    expect(vadWaitMs?.median).toBeGreaterThan(500);
    expect(latencyMs?.median).toBeGreaterThan(vadWaitMs?.median ?? Infinity);
    expect(vad).toBeNull();
  });
});
