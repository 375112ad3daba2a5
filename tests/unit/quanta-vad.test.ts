import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vadPresets } from '../../web/lib/vad/index.ts';
import { noise, seededRandom } from '../support/random.ts';
import { type Failure, QuantaFolder } from '../support/quanta.ts';
import { decode, outputOf, speechIsThere, speechRateHz } from '../support/speech.ts';
import { wavBytes } from '../support/wav-bytes.ts';

/** What `vad --json` says of one file. */
interface Detected {
  readonly seconds: number;
  readonly badSamples: number;
  readonly preset: string;
  readonly threshold: number;
  readonly segments: readonly {
    readonly startSeconds: number;
    readonly endSeconds: number;
    readonly speechSeconds: number;
    readonly isCut: boolean;
  }[];
  readonly frameSeconds: number;
  readonly probabilities: readonly number[];
}

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const hush = (seconds: number): Float32Array =>
  noise(seconds * speechRateHz, seededRandom(2)).map((sample) => sample * 1e-3);

describe('quanta vad', () => {
  beforeAll(() => {
    folder.write('quiet.wav', wavBytes([hush(2)], { rateHz: speechRateHz }));
  });

  test('finds no speech in noise', async () => {
    const { exitCode, stdout } = await folder.run(['vad', 'quiet.wav']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('quiet.wav: ');
    expect(stdout).toContain('  no speech\n');
    const { probabilities, segments } = await folder.first<Detected>(['vad', 'quiet.wav']);
    expect(segments).toEqual([]);
    expect(probabilities).toHaveLength(Math.ceil((2 * speechRateHz) / 512));
    expect(Math.max(...probabilities)).toBeLessThan(0.2);
  });

  test.each([
    [['--preset', 'song'], '--preset takes dictation, conversation, command, was song'],
    [['--threshold', '1'], '--threshold takes a number from 0.05 to 0.95, was 1'],
    [['--threshold', 'high'], '--threshold takes a number from 0.05 to 0.95, was high'],
    [['--threshold='], '--threshold takes a number from 0.05 to 0.95, was nothing'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await folder.run(['vad', 'quiet.wav', ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each(vadPresets)("knows the library's preset %s", async (preset) => {
    const detected = await folder.first<Detected>(['vad', 'quiet.wav', '--preset', preset]);
    expect(detected).toMatchObject({ preset, threshold: 0.5 });
  });

  test('says which file it cannot use, and goes on', async () => {
    const ended = await folder.run(['vad', 'none.wav', 'quiet.wav', '--json']);
    expect(ended.exitCode).toBe(1);
    const { files } = JSON.parse(ended.stdout) as { files: [Failure, Detected] };
    expect(files[0]).toMatchObject({ ok: false, error: { code: 'missing' } });
    expect(files[1].segments).toEqual([]);
  });

  test('wants a file', async () => {
    const { exitCode, stderr } = await folder.run(['vad']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('quanta: vad takes one file or more.');
  });
});

describe.skipIf(!speechIsThere)('speech in files', () => {
  const words = ['Open the window, please.', 'And now close it again.'];

  beforeAll(() => {
    const [first, second] = words.map((text) =>
      decode(outputOf('espeak-ng', ['-v', 'en-gb', '--stdout', text])),
    );
    const both = [...hush(2), ...first!, ...hush(2), ...second!, ...hush(2)];
    // Twice the rate, by holding: the images above 8 kHz are the resampler's to remove.
    const held = both.flatMap((sample) => [sample, sample]);
    const silent = held.map(() => 0);
    const plane = (samples: number[]) => Float32Array.from(samples);
    const bytes = wavBytes([plane(held), plane(silent)], { rateHz: 32_000, encoding: 'int16' });
    folder.write('two.wav', bytes);
  });

  test('is found in each of two sentences', async () => {
    const detected = await folder.first<Detected>(['vad', 'two.wav', '--preset', 'conversation']);
    const { seconds, segments, probabilities, frameSeconds } = detected;
    expect(detected).toMatchObject({ preset: 'conversation', threshold: 0.5, badSamples: 0 });
    expect(segments).toHaveLength(2);
    expect(segments[0]!.startSeconds).toBeGreaterThan(1);
    expect(segments[0]!.startSeconds).toBeLessThan(1.8);
    expect(segments[1]!.endSeconds).toBeLessThan(seconds - 1);
    for (const { startSeconds, endSeconds, speechSeconds, isCut } of segments) {
      expect(speechSeconds).toBeGreaterThan(0.8);
      expect(speechSeconds).toBeLessThan(endSeconds - startSeconds);
      expect(isCut).toBe(false);
    }
    const speaking = probabilities.findIndex((probability) => probability >= 0.5);
    expect(speaking * frameSeconds - segments[0]!.startSeconds).toBeGreaterThan(0.7);
  });

  test('is a table for people', async () => {
    const { stdout } = await folder.run(['vad', 'two.wav', '--threshold', '0.7']);
    const rows = stdout.split('\n').filter((line) => /^( +\d+\.\d{3} s){4}$/.test(line));
    expect(rows).toHaveLength(2);
    expect(stdout).toMatch(/from +to +length +speech/);
  });
});
