import { describe, expect, test } from 'vitest';
import { accuracyOptions } from '../../scripts/accuracy/options.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { CommandError } from '../../scripts/lib/run.mjs';
import {
  boundHz,
  centsOff,
  octaveOf,
  percentile,
  rootMeanSquare,
  spreadOf,
} from '../../web/app/model/error-figures.ts';
import { bars } from '../accuracy/bars.ts';
import { HannSpectrum } from '../accuracy/hann-spectrum.ts';
import type { Point } from '../accuracy/measure.ts';
import { reportPage } from '../accuracy/report.ts';
import { addTone, gaussianNoise, quantise16 } from '../accuracy/signals.ts';
import { summarize } from '../accuracy/summary.ts';
import { frequencies, type Sweep, sweeps } from '../accuracy/sweeps.ts';
import { makeEstimator } from '../accuracy/estimators.ts';
import { seededRandom } from '../support/random.ts';

const rateHz = 48_000;

describe('cents', () => {
  test('are 1200 to the octave and 100 to the semitone, and fall below the true frequency', () => {
    expect(centsOff(880, 440)).toBeCloseTo(1200, 9);
    expect(centsOff(440 * 2 ** (1 / 12), 440)).toBeCloseTo(100, 9);
    expect(centsOff(220, 440)).toBeCloseTo(-1200, 9);
  });

  test('keep their digits where a logarithm of the ratio would lose them', () => {
    const off = 2 ** -40;
    expect(centsOff(1 + off, 1) / ((1200 / Math.LN2) * off)).toBeCloseTo(1, 9);
  });
});

describe('figures of errors', () => {
  test('a percentile is the smallest value that so many do not exceed', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.2, 0.21, 0.5, 0.95, 1].map((part) => percentile(values, part))).toEqual([
      1, 1, 2, 3, 5, 5,
    ]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('a spread counts errors on both sides by their size', () => {
    expect(spreadOf([-3, 1, 2])).toEqual({ count: 3, p50: 2, p95: 3, max: 3 });
  });

  test('the root mean square of 3 and 4 with signs is that of 5 over two', () => {
    expect(rootMeanSquare([3, -4])).toBeCloseTo(5 / Math.SQRT2, 12);
  });

  test('an octave holds its lower end and not its upper one', () => {
    expect([20, 39.9, 40, 79.9, 20_000].map((hz) => octaveOf(hz, 20))).toEqual([
      20, 20, 40, 40, 10_240,
    ]);
  });
});

/** Variance of the frequency in the inverse of the Fisher information of amplitude, phase, hertz. */
function varianceByFisher(windowFrames: number, hz: number, amplitude: number, noise: number) {
  const information = [0, 1, 2].map(() => [0, 0, 0]);
  for (let i = 0; i < windowFrames; i += 1) {
    const seconds = (i - windowFrames / 2) / rateHz;
    const angle = 2 * Math.PI * hz * seconds + 0.3;
    const slopes = [
      Math.cos(angle),
      -amplitude * Math.sin(angle),
      -amplitude * Math.sin(angle) * 2 * Math.PI * seconds,
    ];
    slopes.forEach((a, row) =>
      slopes.forEach((b, column) => (information[row]![column]! += (a * b) / noise)),
    );
  }
  const [[a, b, c], [, d, e], [, , f]] = information as [number[], number[], number[]];
  const minor = a! * d! - b! * b!;
  return minor / (f! * minor - e! * (a! * e! - b! * c!) + c! * (b! * e! - c! * d!));
}

describe('the Cramér-Rao bound', () => {
  test.each([
    [32_768, 440, 0.5, 1e-4],
    [32_768, 15_000, 0.1, 1e-8],
    [4096, 1000, 1, 0.01],
  ])(
    'in %i frames at %i Hz is that of the Fisher information',
    (windowFrames, hz, amplitude, noiseVariance) => {
      const bound = boundHz({ sampleRate: rateHz, windowFrames, amplitude, noiseVariance });
      const exact = Math.sqrt(varianceByFisher(windowFrames, hz, amplitude, noiseVariance));
      expect(bound / exact).toBeCloseTo(1, 2);
    },
  );
});

describe('the signals', () => {
  test('have the phase of whole-number arithmetic in every sample', () => {
    const frame = new Float64Array(32_768);
    // 997.25 Hz are 3989 turns in four seconds.
    addTone(frame, { hz: 997.25, amplitude: 1, phase: 0 }, rateHz);
    frame.forEach((sample, i) => {
      const turns = ((3989 * (i - 16_384)) % 192_000) / 192_000;
      expect(Math.abs(sample - Math.cos(2 * Math.PI * turns))).toBeLessThan(2e-12);
    });
  });

  test('a rising tone has its frequency at the centre of the frame', () => {
    const frame = new Float64Array(4096);
    addTone(frame, { hz: 1000, amplitude: 1, phase: 0, hzPerSec: 500 }, rateHz);
    const at = (i: number) => {
      const seconds = (i - 2048) / rateHz;
      return Math.cos(2 * Math.PI * (1000 * seconds + 250 * seconds ** 2));
    };
    frame.forEach((sample, i) => expect(Math.abs(sample - at(i))).toBeLessThan(1e-10));
  });

  test('16 bits are whole steps of 2^-15', () => {
    const frame = Float64Array.of(0.1, -0.3, 0.5);
    quantise16(frame);
    expect([...frame].map((sample) => sample * 2 ** 15)).toEqual([3277, -9830, 16_384]);
  });

  test('noise has mean 0 and variance 1', () => {
    const noise = [...gaussianNoise(100_000, 1)];
    expect(Math.abs(noise.reduce((a, b) => a + b) / noise.length)).toBeLessThan(0.01);
    expect(rootMeanSquare(noise)).toBeCloseTo(1, 2);
  });

  test('a sweep covers its range evenly over the octaves', () => {
    const sweep = sweeps.find(({ name }) => name === 'tone')!;
    const hz = frequencies(sweep, seededRandom(1));
    expect(hz[0]).toBeGreaterThanOrEqual(sweep.fromHz);
    expect(hz.at(-1)).toBeLessThanOrEqual(sweep.toHz);
    const inOctave = (from: number) => hz.filter((each) => octaveOf(each, 20) === from).length;
    for (const from of [20, 640, 5120]) {
      expect(Math.abs(inOctave(from) - sweep.perOctave)).toBeLessThanOrEqual(1);
    }
  });
});

describe('the peers', () => {
  const windowFrames = 4096;
  const frameOf = (bins: number) => {
    const frame = new Float64Array(windowFrames);
    addTone(frame, { hz: (bins * rateHz) / windowFrames, amplitude: 0.5, phase: 0.2 }, rateHz);
    return Float32Array.from(frame);
  };

  test('the spectrum between bins is the one on bins where they meet', () => {
    const spectrum = new HannSpectrum(windowFrames);
    spectrum.take(frameOf(100.3));
    for (const bin of [99, 100, 101]) {
      expect(spectrum.magnitudeAt(bin)).toBeCloseTo(spectrum.magnitude(bin), 6);
    }
  });

  test.each([
    ['shifts-32', 1 / 64 + 1e-3],
    ['qifft', 0.02],
    ['pitchy', 0.01],
  ] as const)('%s is as close as its method allows', async (name, limitBins) => {
    const estimator = await makeEstimator(name, windowFrames, rateHz, new Uint8Array());
    for (let bins = 100; bins < 101; bins += 0.07) {
      const hz = (bins * rateHz) / windowFrames;
      const [found] = estimator.find(frameOf(bins), 'tones', [hz]);
      expect(Math.abs(found! - hz) * (windowFrames / rateHz)).toBeLessThan(limitBins);
    }
  });
});

/** Sweeps whose every frequency is found, off by some bounds. */
function measured(off: number, foundHz: (hz: number) => (number | null)[]) {
  return sweeps.map((sweep: Sweep) => {
    const own: Sweep = { ...sweep, estimators: ['quanta', 'quanta-unrefined'] };
    const points = [30, 300, 3000].map((hz): Point => ({
      hz,
      boundHz: 1e-7 / off,
      foundHz: foundHz(hz),
    }));
    return summarize(own, points);
  });
}

describe('the bars', () => {
  test('are met by figures within them', () => {
    const all = bars(measured(1, (hz) => [hz + 1e-7, hz + 1e-7]));
    expect(all.filter(({ met }) => !met)).toEqual([]);
    expect(all).toHaveLength(10);
  });

  test('are missed where a frequency is not found', () => {
    const all = bars(measured(1, (hz) => [hz === 300 ? null : hz, hz]));
    expect(all.filter(({ met }) => !met).length).toBeGreaterThan(3);
  });

  test('are missed by errors of several bounds', () => {
    const bar = bars(measured(1.2, (hz) => [hz + 1e-7, hz])).find(({ met }) => !met);
    expect(bar).toMatchObject({ limit: 1.1 });
    expect(bar!.value).toBeCloseTo(1.2, 3);
  });
});

test('the report names every sweep, peer and bar, and holds nothing from elsewhere', () => {
  const summaries = measured(1, (hz) => [hz + 1e-7, null]);
  const html = reportPage(
    { rateHz, sweeps: summaries, bars: bars(summaries) },
    {
      machine: '<one & only>',
      commit: 'abc',
      node: 'v20',
      peers: [{ name: 'pitchy', version: '1.2.3' }],
      leftOut: [{ name: 'other', why: 'its licence' }],
    },
  );
  for (const { title } of sweeps) expect(html).toContain(title);
  expect(html).toContain('&lt;one &amp; only>');
  expect(html).toContain('1.2.3');
  expect(html).toContain('other is left out: its licence');
  expect(html.match(/<svg /g)).toHaveLength(sweeps.length);
  expect(html).not.toMatch(/<script|src=|href=|url\(/);
});

describe('npm run accuracy', () => {
  test('writes its files to build/reports unless it is told where', () => {
    expect(accuracyOptions([])).toEqual({
      quick: false,
      json: fromRoot('build/reports/accuracy.json'),
      html: fromRoot('build/reports/accuracy.html'),
    });
  });

  test('refuses options that it does not know', () => {
    expect(() => accuracyOptions(['--fast'])).toThrow(CommandError);
  });
});
