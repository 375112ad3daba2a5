import { afterAll, describe, expect, test } from 'vitest';
import { QuantaFolder } from '../support/quanta.ts';
import { noise, seededRandom } from '../support/random.ts';
import { fitSine } from '../support/sine-fit.ts';
import { floatSamples, wavBytes, type WavOptions } from '../support/wav-bytes.ts';
import { sine } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

/** The result's samples, without the program's own reader. */
async function resample(
  channels: readonly ArrayLike<number>[],
  options: WavOptions,
  outHz?: number,
): Promise<Float32Array[]> {
  folder.write('in.wav', wavBytes(channels, options));
  const rate = outHz === undefined ? [] : ['--rate', `${outHz}`];
  const ended = await folder.run(['resample', 'in.wav', 'out.wav', ...rate]);
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  return floatSamples(folder.read('out.wav'), channels.length);
}

const decibels = (ratio: number) => 20 * Math.log10(ratio);

/** Without the ends, where the signal begins and stops. */
const middle = (samples: Float32Array) =>
  samples.subarray(Math.floor(samples.length / 8), Math.floor((samples.length * 7) / 8));

describe('a tone at a tenth of the lower rate', () => {
  test.each([
    [48000, 16000],
    [44100, 16000],
    [96000, 16000],
    [192000, 16000],
    [8000, 16000],
    [11025, 16000],
    [44100, 48000],
    [48000, 44100],
    [44101, 16000],
    [768000, 3000],
    [3000, 768000],
  ])('from %i to %i Hz keeps its level, its instants and its purity', async (inHz, outHz) => {
    const hz = Math.min(inHz, outHz) / 10;
    const [out] = await resample([sine(hz, 0.5, 1, inHz)], { rateHz: inHz }, outHz);
    expect(out).toHaveLength(outHz);
    const { amplitude, residual } = fitSine(middle(out!), hz, outHz);
    expect(Math.abs(decibels(amplitude / 0.5))).toBeLessThan(0.001);
    expect(decibels(residual / 0.5)).toBeLessThan(-100);
    // Frame k is the instant k / rate: no delay is left, not even a part of a frame.
    const expected = sine(hz, 0.5, 1, outHz);
    const error = middle(out!.map((x, k) => Math.abs(x - expected[k]!)));
    expect(error.reduce((most, x) => Math.max(most, x), 0)).toBeLessThan(2e-5);
  });
});

test.each([8800, 10000, 15999, 23000])('%i Hz leaves no alias at 16 kHz', async (hz) => {
  const [out] = await resample([sine(hz, 1, 1, 48000)], { rateHz: 48000 });
  const power = middle(out!).reduce((sum, x) => sum + x * x, 0) / middle(out!).length;
  expect(decibels(Math.sqrt(2 * power))).toBeLessThan(-100);
});

test('7200 Hz passes to 16 kHz at its level', async () => {
  const [out] = await resample([sine(7200, 0.5, 1, 48000)], { rateHz: 48000 });
  expect(Math.abs(decibels(fitSine(middle(out!), 7200, 16000).amplitude / 0.5))).toBeLessThan(0.02);
});

test('an impulse stays at its instant', async () => {
  const impulse = new Float32Array(4800);
  impulse[3 * 700] = 1;
  const [out] = await resample([impulse], { rateHz: 48000 });
  const largest = out!.reduce((at, x, k) => (x > out![at]! ? k : at), 0);
  expect(largest).toBe(700);
});

describe('the result is as long as the file, to the nearest frame, halves up', () => {
  /** The rule in whole numbers. */
  const rule = (frames: number, inHz: number, outHz: number) =>
    Number((2n * BigInt(frames) * BigInt(outHz) + BigInt(inHz)) / (2n * BigInt(inHz)));

  test.each([
    [48000, 16000],
    [32000, 16000],
    [44100, 16000],
    [16000, 44100],
    [8000, 48000],
  ])('from %i to %i Hz', async (inHz, outHz) => {
    for (const frames of [1, 2, 3, 4, 5, 100, 441, 1000, 16385]) {
      const [out] = await resample([new Float32Array(frames)], { rateHz: inHz }, outHz);
      expect(out).toHaveLength(rule(frames, inHz, outHz));
    }
  });
});

test('every channel is resampled by itself', async () => {
  const tones = [500, 700, 900, 1100, 1300, 1500, 1700];
  const channels = tones.map((hz) => sine(hz, 0.5, 1, 44100));
  const out = await resample(channels, { rateHz: 44100, encoding: 'int24' }, 16000);
  tones.forEach((hz, channel) => {
    const { amplitude, residual } = fitSine(middle(out[channel]!), hz, 16000);
    expect(Math.abs(decibels(amplitude / 0.5))).toBeLessThan(0.001);
    expect(decibels(residual / 0.5)).toBeLessThan(-95);
  });
});

test('at the same rate every bit stays', async () => {
  const random = seededRandom(5);
  const channels = [noise(40000, random), noise(40000, random)];
  expect(await resample(channels, { rateHz: 48000 }, 48000)).toEqual(channels);
});

test('the result does not depend on the form of the samples', async () => {
  const plane = sine(1000, 0.5, 1, 44100).map((x) => Math.round(x * 2 ** 15) / 2 ** 15);
  const expected = await resample([plane], { rateHz: 44100, encoding: 'int16' });
  for (const encoding of ['int24', 'int32', 'float32', 'float64'] as const) {
    expect(await resample([plane], { rateHz: 44100, encoding })).toEqual(expected);
  }
});

test('16000 Hz is the rate when none is asked for', async () => {
  await resample([sine(1000, 0.5, 1, 48000)], { rateHz: 48000 });
  expect(await folder.meter('out.wav')).toMatchObject({ rateHz: 16000, encoding: 'float32' });
});

test.each([
  ['5.1 with sides', 6, 0x60f],
  ['3.1', 4, 0xf],
  ['a centre and a bass', 2, 0xc],
])('the places of %s stay', async (_name, count, mask) => {
  const channels = Array.from({ length: count }, () => new Float32Array(480));
  folder.write('in.wav', wavBytes(channels, { rateHz: 48000, mask }));
  const before = await folder.meter('in.wav');
  await folder.run(['resample', 'in.wav', 'out.wav']);
  const places = (reading: typeof before) => reading.channelReadings.map(({ place }) => place);
  expect(places(await folder.meter('out.wav'))).toEqual(places(before));
});

test('samples that are no numbers are counted and harm nothing else', async () => {
  const plane = new Float32Array(48000);
  plane.set([NaN, Infinity], 24000);
  folder.write('in.wav', wavBytes([plane, plane], { rateHz: 48000 }));
  const { stdout } = await folder.run(['resample', 'in.wav', 'out.wav', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ output: { badSamples: 4 } }] });
  const [out] = floatSamples(folder.read('out.wav'), 2);
  expect(out!.every((x) => x === 0)).toBe(true);
});
