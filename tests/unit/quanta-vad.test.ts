import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandExists } from '../../scripts/lib/paths.mjs';
import { vadPresets } from '../../web/lib/vad/index.ts';
import { noise, seededRandom } from '../support/random.ts';
import { type Failure, QuantaFolder } from '../support/quanta.ts';
import { decode, outputOf, speechIsThere, speechRateHz } from '../support/speech.ts';
import { wavBytes } from '../support/wav-bytes.ts';

/** What `vad --json` says of one file. */
interface Detected {
  readonly encoding: string;
  readonly channels: number;
  readonly rateHz: number;
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

  describe.skipIf(!commandExists('ffmpeg'))('coded files', () => {
    const samples = noise(3 * 48_000, seededRandom(3)).map((sample) => sample * 0.1);
    const code = (name: string, args: readonly string[]): string => {
      const [from, to] = ['noise.wav', name].map((each) => folder.pathOf(each)) as [string, string];
      folder.write('noise.wav', wavBytes([samples, samples], { rateHz: 48_000 }));
      const { status } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', from, ...args, to]);
      expect(status).toBe(0);
      return name;
    };

    test.each([
      ['noise.flac', [], 'flac', 0],
      ['noise.flac.ogg', ['-c:a', 'flac'], 'flac', 0],
      ['noise.opus', [], 'opus', 0.1],
      ['noise.ogg', ['-c:a', 'libvorbis'], 'vorbis', 0.1],
    ])('%s is heard as the file that it was made of', async (name, args, encoding, error) => {
      const plain = await folder.first<Detected>(['vad', code('same.wav', [])]);
      const coded = await folder.first<Detected>(['vad', code(name, args)]);
      expect(coded).toMatchObject({ encoding, channels: 2, rateHz: 48_000, seconds: 3 });
      const errors = coded.probabilities.map((p, i) => Math.abs(p - plain.probabilities[i]!));
      expect(errors).toHaveLength(plain.probabilities.length);
      expect(Math.max(...errors)).toBeLessThanOrEqual(error);
    });

    test.each([
      ['cut.flac', [], /is cut short: its header promises 144000 frames, \d+ are there/],
      ['cut.opus', [], /is cut short: its header was never completed/],
    ])('%s is known to be cut short', async (name, args, words) => {
      const bytes = folder.read(code(name, args));
      folder.write(name, bytes.subarray(0, bytes.length / 2));
      const { exitCode, stderr } = await folder.run(['vad', name]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(words);
      const { seconds } = await folder.first<Detected>(['vad', name, '--partial']);
      expect(seconds).toBeGreaterThan(0.5);
      expect(seconds).toBeLessThan(2.5);
    });
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
