import { afterAll, describe, expect, test } from 'vitest';
import { segments, type Segment, tapered } from '../support/ebu-signals.ts';
import { QuantaFolder, type Reading } from '../support/quanta.ts';
import { noise, seededRandom } from '../support/random.ts';
import { encodings, wavBytes, type WavOptions } from '../support/wav-bytes.ts';
import { sine } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const meter = (channels: readonly ArrayLike<number>[], options: WavOptions): Promise<Reading> =>
  folder.meterBytes(wavBytes(channels, options));

/** The same signal in both channels, as the EBU's are. */
const meterStereo = (signal: Float32Array, rateHz: number) =>
  meter([signal, signal], { rateHz, encoding: 'int16' });

const gain = (db: number) => 10 ** (db / 20);
const TOLERANCE_LU = 0.1;

/** How far a level lies from another; no number if there is none. */
const distance = (level: number | null, expected: number) =>
  level === null ? NaN : Math.abs(level - expected);

/** Files of a minute and more, on a machine that may be busy. */
const timeout = 60_000;

describe.each([44100, 48000, 96000])('at %i Hz, EBU Tech 3341', { timeout }, (rateHz) => {
  test('case 1: a steady tone reads its level on every scale', async () => {
    const reading = await meterStereo(segments([[20, -23]], rateHz), rateHz);
    expect(distance(reading.maxMomentaryLufs, -23)).toBeLessThanOrEqual(TOLERANCE_LU);
    expect(distance(reading.maxShortTermLufs, -23)).toBeLessThanOrEqual(TOLERANCE_LU);
    expect(distance(reading.integratedLufs, -23)).toBeLessThanOrEqual(TOLERANCE_LU);
  });

  const gated: readonly (readonly [number, readonly Segment[]])[] = [
    [
      3,
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
    ],
    [
      4,
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
    ],
    [
      5,
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
    ],
  ];

  test.each(gated)('case %i: the gates leave soft passages out', async (_number, list) => {
    const reading = await meterStereo(segments(list, rateHz), rateHz);
    expect(distance(reading.integratedLufs, -23)).toBeLessThanOrEqual(TOLERANCE_LU);
  });

  test('case 6: the channels of 5.0 weigh as the standard says', async () => {
    const tone = segments([[20, 0]], rateHz);
    const channels = [-28, -28, -24, -30, -30].map((db) => tone.map((x) => x * gain(db)));
    const reading = await meter(channels, { rateHz, encoding: 'int16', mask: 0x37 });
    expect(distance(reading.integratedLufs, -23)).toBeLessThanOrEqual(TOLERANCE_LU);
  });

  test.each([
    { number: 15, amplitude: 0.5, cycles: 1 / 4, phase: 0, expected: -6 },
    { number: 16, amplitude: 0.5, cycles: 1 / 4, phase: 45, expected: -6 },
    { number: 17, amplitude: 0.5, cycles: 1 / 6, phase: 60, expected: -6 },
    { number: 18, amplitude: 0.5, cycles: 1 / 8, phase: 67.5, expected: -6 },
    { number: 19, amplitude: 1.41, cycles: 1 / 4, phase: 45, expected: 3 },
  ])('case $number: the true peak is found between the samples', async (signal) => {
    const samples = tapered(signal.amplitude, signal.cycles, signal.phase);
    const { truePeakDbtp } = await meter([samples, samples], { rateHz, encoding: 'float32' });
    expect(truePeakDbtp).toBeLessThanOrEqual(signal.expected + 0.2);
    expect(truePeakDbtp).toBeGreaterThanOrEqual(signal.expected - 0.4);
  });

  test('3342, case 1: two levels 10 dB apart have a range of 10 LU', async () => {
    const reading = await meterStereo(
      segments(
        [
          [20, -20],
          [20, -30],
        ],
        rateHz,
      ),
      rateHz,
    );
    expect(distance(reading.rangeLu, 10)).toBeLessThanOrEqual(1);
  });
});

test.each([3000, 3364, 8000, 11025, 16000, 22050, 32000, 192000, 768000])(
  'at %i Hz a full sine reads -3.01 LUFS, as at every rate',
  async (rateHz) => {
    const reading = await meter([sine(997, 1, 1, rateHz)], { rateHz });
    expect(distance(reading.integratedLufs, -3.01)).toBeLessThanOrEqual(0.03);
    expect(distance(reading.rmsDbfs, -3.01)).toBeLessThanOrEqual(0.01);
    expect(distance(reading.peakDbfs, 0)).toBeLessThanOrEqual(0.1 + 20 / rateHz);
  },
);

describe('a file of', () => {
  const random = seededRandom(3);
  const channels = [noise(48000, random), noise(48000, random)].map((plane) =>
    plane.map((x, i) => (i === 777 ? -0.875 : 0.5 * x)),
  );

  test.each(encodings)('%s samples reads the same', async (encoding) => {
    const reading = await meter(channels, { rateHz: 48000, encoding });
    const exact = await meter(channels, { rateHz: 48000, encoding: 'float64' });
    const fine = encoding !== 'int8';
    expect(reading).toMatchObject({ encoding, frames: 48000, seconds: 1, peakDbfs: -1.16 });
    expect(distance(reading.integratedLufs, exact.integratedLufs!)).toBeLessThanOrEqual(
      fine ? 0.01 : 0.1,
    );
    expect(distance(reading.rmsDbfs, exact.rmsDbfs!)).toBeLessThanOrEqual(fine ? 0.01 : 0.1);
    expect(distance(reading.truePeakDbtp, exact.truePeakDbtp!)).toBeLessThanOrEqual(
      fine ? 0.01 : 0.2,
    );
  });

  test.each(encodings)('%s samples in the extensible form reads the same', async (encoding) => {
    const plain = await meter(channels, { rateHz: 48000, encoding });
    expect(await meter(channels, { rateHz: 48000, encoding, mask: 0x3 })).toEqual(plain);
  });

  test('samples above full scale reads above 0 dB', async () => {
    const reading = await meter([sine(1000, 2, 1, 48000)], { rateHz: 48000 });
    expect(distance(reading.peakDbfs, 6.02)).toBeLessThanOrEqual(0.01);
  });

  test('samples that are no numbers counts them and takes them as silence', async () => {
    const plane = sine(1000, 0.5, 1, 48000);
    plane.set([NaN, Infinity, -Infinity], 100);
    const reading = await meter([plane], { rateHz: 48000 });
    expect(reading).toMatchObject({ badSamples: 3, peakDbfs: -6.02 });
    expect((await meter([[1e300, 0.5]], { rateHz: 48000, encoding: 'float64' })).badSamples).toBe(
      1,
    );
  });

  test('silence has no level', async () => {
    const reading = await meter([new Float32Array(48000)], { rateHz: 48000, encoding: 'int16' });
    expect(reading).toMatchObject({
      peakDbfs: null,
      truePeakDbtp: null,
      rmsDbfs: null,
      maxMomentaryLufs: null,
      maxShortTermLufs: null,
      integratedLufs: null,
      rangeLu: 0,
    });
  });

  test('less than a gating block has levels, but no integrated loudness', async () => {
    const reading = await meter([sine(1000, 1, 1, 48000).subarray(0, 4800)], { rateHz: 48000 });
    expect(reading).toMatchObject({ integratedLufs: null, rangeLu: 0, seconds: 0.1 });
    expect(distance(reading.rmsDbfs, -3.01)).toBeLessThanOrEqual(0.01);
    // A quarter of 400 ms.
    expect(distance(reading.maxMomentaryLufs, -3.01 - 6.02)).toBeLessThanOrEqual(0.05);
  });

  test('one frame can be read', async () => {
    expect(await meter([[0.5], [-1]], { rateHz: 48000 })).toMatchObject({ frames: 1, peakDbfs: 0 });
  });
});

describe('the channels', () => {
  const rateHz = 48000;
  const tone = sine(997, 1, 1, rateHz);
  const silence = new Float32Array(rateHz);

  /** Loudness of a tone in one channel only, above that of a mono file. */
  const loudnessIn = async (channel: number, count: number, mask?: number) => {
    const channels = Array.from({ length: count }, (_, i) => (i === channel ? tone : silence));
    const reading = await meter(channels, { rateHz, ...(mask !== undefined && { mask }) });
    return reading.integratedLufs === null ? null : reading.integratedLufs + 3.01;
  };

  const near = (level: number | null): unknown =>
    level === null ? null : expect.closeTo(level, 1);

  const side = 10 * Math.log10(1.41);
  const layouts: readonly { name: string; mask?: number; weights: readonly (number | null)[] }[] = [
    { name: 'stereo', weights: [0, 0] },
    { name: '5.1 without a mask', weights: [0, 0, 0, null, side, side] },
    { name: '5.1 with sides', mask: 0x60f, weights: [0, 0, 0, null, side, side] },
    { name: '3.1', mask: 0xf, weights: [0, 0, 0, null] },
    { name: '7.1', mask: 0x63f, weights: [0, 0, 0, null, 0, 0, side, side] },
    { name: '9 without a mask', weights: Array.from({ length: 9 }, () => 0) },
  ];

  test.each(layouts)('of $name weigh by their places', async ({ mask, weights }) => {
    const levels: (number | null)[] = [];
    for (const channel of weights.keys()) {
      levels.push(await loudnessIn(channel, weights.length, mask));
    }
    expect(levels).toEqual(weights.map(near));
  });

  test('are told apart, by their places', async () => {
    const reading = await meter([tone, silence, tone.map((x) => x / 2)], { rateHz, mask: 0x13 });
    expect(reading.channelReadings).toMatchObject([
      { place: 'FL', weight: 1, peakDbfs: 0, rmsDbfs: -3.01 },
      { place: 'FR', weight: 1, peakDbfs: null, rmsDbfs: null, truePeakDbtp: null },
      { place: 'BL', weight: 1.41, peakDbfs: -6.02, rmsDbfs: -9.03 },
    ]);
    expect(reading.peakDbfs).toBe(0);
  });

  test('beyond the places of the mask have none, and weigh 1', async () => {
    const { channelReadings } = await meter([tone, tone, tone], { rateHz, mask: 0x8 });
    expect(channelReadings.map(({ place, weight }) => [place, weight])).toEqual([
      ['LFE', 0],
      [null, 1],
      [null, 1],
    ]);
  });

  test('may be as many as a WAV file can have', async () => {
    const count = 65535;
    const channels = Array.from({ length: count }, (_, i) => [i === 60000 ? 0.5 : 0, 0]);
    const reading = await meter(channels, { rateHz, encoding: 'int8' });
    expect(reading.channels).toBe(count);
    expect(reading.channelReadings[60000]?.peakDbfs).toBe(-6.02);
    expect(reading.channelReadings.filter(({ peakDbfs }) => peakDbfs !== null)).toHaveLength(1);
  });
});
