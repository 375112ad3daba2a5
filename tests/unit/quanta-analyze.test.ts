import { afterAll, describe, expect, test } from 'vitest';
import { type Analyzed, QuantaFolder } from '../support/quanta.ts';
import { noise, seededRandom } from '../support/random.ts';
import { encodings, wavBytes } from '../support/wav-bytes.ts';
import { sine } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const rateHz = 48_000;

/** Cosines with their phase at frame 0. */
function chord(tones: readonly (readonly [number, number])[], frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) =>
    tones.reduce((sum, [hz, peak]) => sum + peak * Math.cos((2 * Math.PI * hz * i) / rateHz), 0),
  );
}

/** With noise that drowns the spurious tones of samples that are rounded alike in every period. */
function dithered(samples: Float32Array): Float32Array {
  const random = seededRandom(1);
  return samples.map((x) => x + 1e-5 * (random() - 0.5));
}

async function analyze(name: string, ...options: string[]): Promise<Analyzed> {
  return folder.first<Analyzed>(['analyze', name, ...options]);
}

const centsApart = (hz: number, expected: number) => 1200 * Math.abs(Math.log2(hz / expected));

describe('analyze', () => {
  test.each(encodings)('reads a tone in a file of %s samples', async (encoding) => {
    folder.write('tone.wav', wavBytes([sine(440, 0.5, 2, rateHz)], { rateHz, encoding }));
    const { windows, windowFrames, hopFrames } = await analyze('tone.wav');
    expect([windowFrames, hopFrames, windows.length]).toEqual([32_768, 16_384, 4]);
    for (const { fundamental, partials } of windows) {
      const loudest = partials.toSorted((a, b) => b.levelDbfs - a.levelDbfs)[0]!;
      expect(centsApart(loudest.frequencyHz, 440)).toBeLessThan(encoding === 'int8' ? 0.01 : 1e-4);
      expect(loudest.levelDbfs).toBeCloseTo(-6.02, encoding === 'int8' ? 0 : 2);
      expect(loudest).toMatchObject({ note: 'A4', harmonic: 1 });
      expect(fundamental).toMatchObject({ note: 'A4' });
    }
  });

  test('tells notes, cents, levels, phases and numbers of harmonics', async () => {
    const c5 = 440 * 2 ** (3 / 12);
    const sharp = c5 * 2 ** (12.5 / 1200);
    const tones = [1, 2, 3, 4].map((n) => [n * sharp, 0.4 / n] as const);
    folder.write(
      'chord.wav',
      wavBytes([dithered(chord(tones, 65_536))], { rateHz, encoding: 'float32' }),
    );
    const { windows } = await analyze('chord.wav', '--window', '48000', '--hop', '10000');
    expect(windows.map(({ centreFrame }) => centreFrame)).toEqual([24_000, 34_000]);
    for (const { centreFrame, fundamental, partials } of windows) {
      expect(fundamental).toMatchObject({ note: 'C5' });
      expect(fundamental!.cents).toBeCloseTo(12.5, 3);
      expect(partials.map(({ harmonic }) => harmonic)).toEqual([1, 2, 3, 4]);
      partials.forEach(({ frequencyHz, errorHz, levelDbfs, phase, errorCents }, i) => {
        const [hz, peak] = tones[i]!;
        expect(Math.abs(frequencyHz - hz)).toBeLessThan(1e-4);
        expect(errorHz).toBeGreaterThan(0);
        expect(errorCents).toBeCloseTo((1200 / Math.LN2) * (errorHz / frequencyHz), 9);
        expect(levelDbfs).toBeCloseTo(20 * Math.log10(peak), 3);
        const turns = (hz * centreFrame) / rateHz - phase / (2 * Math.PI);
        expect(turns - Math.round(turns)).toBeCloseTo(0, 4);
      });
    }
  });

  test('has error bars that hold in noise', async () => {
    const random = seededRandom(7);
    const hiss = noise(480_000, random);
    const samples = sine(997, 0.5, 10, rateHz).map((x, i) => x + 0.02 * hiss[i]!);
    folder.write('noisy.wav', wavBytes([samples], { rateHz, encoding: 'float32' }));
    const { windows } = await analyze('noisy.wav', '--window', '8192', '--hop', '8192');
    const scaled = windows.map(({ partials }) => {
      const { frequencyHz, errorHz } = partials.find(({ levelDbfs }) => levelDbfs > -20)!;
      return (frequencyHz - 997) / errorHz;
    });
    const rms = Math.sqrt(scaled.reduce((sum, x) => sum + x * x, 0) / scaled.length);
    expect(scaled).toHaveLength(58);
    expect(rms).toBeGreaterThan(0.75);
    expect(rms).toBeLessThan(1.3);
  });

  test('takes the channel that it is told, else the mean of all', async () => {
    const channels = [sine(500, 0.5, 1, rateHz), sine(3000, 0.5, 1, rateHz)];
    folder.write('two.wav', wavBytes(channels, { rateHz }));
    const frequencies = async (...options: string[]) => {
      const { windows } = await analyze('two.wav', ...options);
      return windows[0]!.partials
        .filter(({ levelDbfs }) => levelDbfs > -20)
        .map(({ frequencyHz }) => Math.round(frequencyHz));
    };
    expect(await frequencies('--channel', '1')).toEqual([500]);
    expect(await frequencies('--channel', '2')).toEqual([3000]);
    expect(await frequencies()).toEqual([500, 3000]);
  });

  test.each([8000, 44_100, 192_000])('reads the same tone at %i Hz', async (other) => {
    const tone = sine(440, 0.5, 5, other);
    folder.write('rate.wav', wavBytes([tone], { rateHz: other, encoding: 'int24' }));
    const { windows } = await analyze('rate.wav');
    expect(centsApart(windows[0]!.fundamental!.frequencyHz, 440)).toBeLessThan(1e-3);
  });

  test('finds nothing in silence, and says so', async () => {
    folder.write('silence.wav', wavBytes([new Float32Array(32_768)], { rateHz }));
    const { windows } = await analyze('silence.wav');
    expect(windows).toMatchObject([{ fundamental: null, partials: [] }]);
    expect((await folder.run(['analyze', 'silence.wav'])).stdout).toContain('no partial');
  });

  test('prints a line for each partial', async () => {
    const tone = dithered(sine(440, 0.5, 1, rateHz));
    folder.write('tone.wav', wavBytes([tone], { rateHz, encoding: 'float32' }));
    const { stdout, exitCode } = await folder.run(['analyze', 'tone.wav']);
    expect(exitCode).toBe(0);
    const [, windows, window, partial, ...more] = stdout.trimEnd().split('\n');
    expect(windows).toBe('  windows of 32768 frames, every 16384: 1');
    expect(window).toMatch(/^ {2}at 0\.341333 s: fundamental +440\.000000 Hz ±\S+ {2}A4 /);
    expect(window).toMatch(/cents ±\S+ {2}B 0\.000e\+0 ±/);
    expect(partial).toMatch(/^ +440\.000000 Hz .* -6\.02 dBFS {2}phase [-+]\S+ {2}harmonic 1$/);
    expect(more).toEqual([]);
  });

  test('refuses what it cannot analyse, and goes on', async () => {
    folder.write('tone.wav', wavBytes([sine(440, 0.5, 1, rateHz)], { rateHz }));
    folder.write('short.wav', wavBytes([new Float32Array(32_767)], { rateHz }));
    folder.write('cut.wav', wavBytes([sine(440, 0.5, 1, rateHz)], { rateHz }).subarray(0, 150_000));
    const files = ['short.wav', 'cut.wav', 'tone.wav'];
    const { exitCode, stderr, stdout } = await folder.run(['analyze', ...files]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'short.wav: is too short: it has 32767 frames, the window has 32768 (--window takes a shorter one).',
    );
    expect(stderr).toContain('cut.wav: is cut short');
    expect(stdout).toContain('tone.wav: 48000 Hz');
    expect((await folder.run(['analyze', 'cut.wav', '--partial'])).exitCode).toBe(0);
    const { stderr: channel } = await folder.run(['analyze', 'tone.wav', '--channel', '2']);
    expect(channel).toContain('tone.wav: has no channel 2: there are 1.');
  });
});
