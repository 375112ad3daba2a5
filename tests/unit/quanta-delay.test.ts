import { afterAll, describe, expect, test } from 'vitest';
import { combine } from '../../scripts/quanta/delay-parts.mjs';
import { offlineConstants } from '../../scripts/quanta/offline.gen.mjs';
import { MonoReader } from '../../scripts/quanta/wav/mono.mjs';
import { WavReader } from '../../scripts/quanta/wav/reader.mjs';
import { QuantaFolder } from '../support/quanta.ts';
import { noise, seededRandom } from '../support/random.ts';
import { wavBytes } from '../support/wav-bytes.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const rateHz = 48_000;

interface Delayed {
  readonly delayFrames: number;
  readonly errorFrames: number;
  readonly delayMs: number;
  readonly errorMs: number;
  readonly inverted: boolean;
  readonly coherence: number;
  readonly parts: number;
  readonly agreeingParts: number;
  readonly reference: string;
}

/** Sums of sines, so that any delay is exact: as broad as noise, and never the same twice. */
function tones(frames: number, delay: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const parts = Array.from({ length: 60 }, (_, i) => ({
    step: 2 * Math.PI * (0.004 + 0.0075 * (i + random())),
    phase: 2 * Math.PI * random(),
  }));
  return Float32Array.from({ length: frames }, (_, n) =>
    parts.reduce((sum, { step, phase }) => sum + Math.cos(step * (n - delay) + phase) / 60, 0),
  );
}

/** Noise that comes whole frames late. */
function shifted(samples: Float32Array, frames: number): Float32Array {
  return samples.map((_, i) => samples[i - frames] ?? 0);
}

function write(name: string, channels: readonly Float32Array[], rate = rateHz): string {
  return folder.write(name, wavBytes(channels, { rateHz: rate, encoding: 'float32' }));
}

const delay = (...args: string[]): Promise<Delayed> => folder.first<Delayed>(['delay', ...args]);

describe('delay', () => {
  test.each([
    { frames: 3000, late: 100 },
    { frames: 48_000, late: -777 },
    { frames: 48_000, late: 20_000 },
    { frames: 200_000, late: 32_000 },
    { frames: 200_000, late: -32_000 },
  ])('finds $late samples in files of $frames', async ({ frames, late }) => {
    const sound = noise(frames, seededRandom(1));
    write('a.wav', [sound]);
    write('b.wav', [shifted(sound, late)]);
    const found = await delay('a.wav', 'b.wav');
    expect(found.delayFrames).toBeCloseTo(late, 2);
    expect(found.delayMs).toBeCloseTo((1000 * late) / rateHz, 4);
    expect(found.errorMs).toBeCloseTo((1000 * found.errorFrames) / rateHz, 9);
    expect(found.errorFrames).toBeLessThan(0.05);
    expect(found).toMatchObject({ reference: 'a.wav', inverted: false });
  });

  test.each([0.5, 0.123, -7.77, 15.9])('finds %d samples to a hundredth', async (late) => {
    write('a.wav', [tones(70_000, 0, 3)]);
    write('b.wav', [tones(70_000, late, 3).map((x) => -x / 3)]);
    const found = await delay('a.wav', 'b.wav');
    expect(Math.abs(found.delayFrames - late)).toBeLessThan(0.01);
    expect(found.inverted).toBe(true);
  });

  test('has an error bar that holds in noise, smaller the longer the files', async () => {
    const scaled: number[] = [];
    const bars: number[] = [];
    for (const frames of [16_384, 262_144]) {
      for (let seed = 10; seed < 22; seed += 1) {
        const sound = noise(frames, seededRandom(seed));
        const hiss = noise(frames, seededRandom(seed + 100));
        write('a.wav', [sound]);
        write('b.wav', [shifted(sound, 50).map((x, i) => x + 2 * hiss[i]!)]);
        const found = await delay('a.wav', 'b.wav');
        scaled.push((found.delayFrames - 50) / found.errorFrames);
        bars.push(found.errorFrames);
      }
    }
    const rms = Math.sqrt(scaled.reduce((sum, x) => sum + x * x, 0) / scaled.length);
    expect(rms).toBeGreaterThan(0.6);
    expect(rms).toBeLessThan(1.4);
    expect(bars[0]! / bars.at(-1)!).toBeGreaterThan(3);
    expect(bars[0]! / bars.at(-1)!).toBeLessThan(5);
  });

  test('follows the part that has sound, and says how many do', async () => {
    const sound = new Float32Array(400_000);
    sound.set(noise(30_000, seededRandom(5)), 150_000);
    write('a.wav', [sound]);
    write('b.wav', [shifted(sound, 12_345)]);
    const found = await delay('a.wav', 'b.wav');
    expect(found.delayFrames).toBeCloseTo(12_345, 2);
    expect(found).toMatchObject({ parts: 7, agreeingParts: 1 });
  });

  test('takes the channel that it is told', async () => {
    const [sound, other] = [noise(20_000, seededRandom(1)), noise(20_000, seededRandom(2))];
    write('a.wav', [other, sound]);
    write('b.wav', [shifted(sound, 9), shifted(sound, 4)]);
    expect((await delay('a.wav', 'b.wav', '--channel', '2')).delayFrames).toBeCloseTo(4, 3);
    const { stderr } = await folder.run(['delay', 'a.wav', 'b.wav', '--channel', '3']);
    expect(stderr).toBe('quanta: a.wav: has no channel 3: there are 2.\n');
  });

  test('finds nothing where there is nothing in common', async () => {
    write('a.wav', [noise(100_000, seededRandom(1))]);
    write('b.wav', [noise(100_000, seededRandom(2))]);
    write('silence.wav', [new Float32Array(100_000)]);
    for (const other of ['b.wav', 'silence.wav']) {
      const { exitCode, stdout, stderr } = await folder.run(['delay', 'a.wav', other]);
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        `quanta: ${other}: has nothing of a.wav in it, within 32767 frames either way.\n`,
      );
    }
  });

  test('refuses files of different rates, and names the file that is at fault', async () => {
    const sound = noise(5000, seededRandom(1));
    write('a.wav', [sound]);
    write('b.wav', [sound], 44_100);
    folder.write('text.wav', Buffer.from('Hello, world!'));
    const saysOf = async (...files: string[]) => (await folder.run(['delay', ...files])).stderr;
    expect(await saysOf('a.wav', 'b.wav')).toContain('b.wav: has 44100 Hz, a.wav 48000 Hz');
    expect(await saysOf('a.wav', 'text.wav')).toContain('text.wav: is not a WAV file');
    expect(await saysOf('text.wav', 'a.wav')).toContain('text.wav: is not a WAV file');
    const cut = wavBytes([sound], { rateHz }).subarray(0, 9000);
    folder.write('cut.wav', cut);
    expect(await saysOf('a.wav', 'cut.wav')).toContain('cut.wav: is cut short');
    expect((await delay('a.wav', 'cut.wav', '--partial')).delayFrames).toBeCloseTo(0, 3);
  });

  test('prints the delay with its error', async () => {
    const sound = noise(50_000, seededRandom(1));
    write('a.wav', [sound]);
    write('b.wav', [shifted(sound, 480)]);
    const { stdout } = await folder.run(['delay', 'a.wav', 'b.wav']);
    expect(stdout).toMatch(/^ {2}delay {6}(480\.000\d\d|479\.999\d\d) samples ±\S+$/m);
    expect(stdout).toMatch(/^ +(10\.000\d+|9\.999\d+) ms ±\S+$/m);
    expect(stdout).toMatch(/^ {2}polarity {3}the same$/m);
  });
});

describe('a file as one signal', () => {
  test('is the mean of its channels, and silent behind its end', async () => {
    write('two.wav', [Float32Array.of(1, 2, 3), Float32Array.of(3, 2, 0)]);
    const reader = await WavReader.open(folder.pathOf('two.wav'), { partial: false });
    const mono = new MonoReader(reader, offlineConstants.allChannels);
    const target = new Float32Array(2).fill(9);
    await mono.fill(target);
    expect([...target]).toEqual([2, 2]);
    await mono.fill(target);
    expect([...target]).toEqual([1.5, 0]);
    await reader.close();
  });
});

describe('the parts of a long file', () => {
  const part = (frames: number, errorFrames: number, found = 1) => ({
    ...{ frames, errorFrames, found, coherence: 0.5, inverted: 0, badSamples: 0 },
  });

  test('are weighted by their errors', () => {
    const delayed = combine([part(10, 0.1), part(10.3, 0.2)])!;
    expect(delayed.frames).toBeCloseTo(10.06, 9);
    expect(delayed).toMatchObject({ agreeingParts: 2, inverted: false, coherence: 0.5 });
  });

  test('that scatter more than their errors widen the error', () => {
    const still = combine([part(10, 0.01), part(10, 0.01)])!;
    expect(still.errorFrames).toBeCloseTo(0.01 / Math.SQRT2, 9);
    const moving = combine([part(10, 0.01), part(10.2, 0.01)])!;
    expect(moving.errorFrames).toBeCloseTo(0.1, 9);
  });

  test('that are about something else do not count', () => {
    const parts = [part(10, 0.1), part(500, 0.2), part(10.1, 0.1, 0)];
    expect(combine(parts)).toMatchObject({ frames: 10, agreeingParts: 1 });
    expect(combine([part(1, 1, 0)])).toBeNull();
    expect(combine([])).toBeNull();
  });
});
