import { describe, expect, test } from 'vitest';
import type { Analysis, Partial } from '../../web/lib/index.ts';
import { aWeightingDb } from '../../web/app/draw/a-weighting.ts';
import { colourIndex, colourMap, colourSteps } from '../../web/app/draw/colour-map.ts';
import { type AxisScale, FrequencyAxis } from '../../web/app/draw/frequency-axis.ts';
import { PeakBins } from '../../web/app/draw/peak-bins.ts';
import { levelAt, SpectrumColumns } from '../../web/app/draw/spectrum-columns.ts';
import { SpectrumCursor } from '../../web/app/model/spectrum-cursor.ts';

const rate = 48_000;

function partial(frequencyHz: number, levelDbfs: number): Partial {
  return { frequencyHz, errorHz: 1e-6, levelDbfs, phase: 0, harmonic: 1 };
}

function analysisOf(levelsDb: Float32Array, partials: readonly Partial[] = []): Analysis {
  return {
    number: 0,
    windowFrames: 2 * (levelsDb.length - 1),
    hopFrames: 2048,
    input: 8,
    centreFrame: 0,
    fundamentalHz: partials[0]?.frequencyHz ?? 0,
    fundamentalErrorHz: 0,
    inharmonicity: 0,
    inharmonicityError: 0,
    partials,
    levelsDb,
  };
}

describe('the A-weighting', () => {
  // IEC 61672-1:2013, table 3: nominal frequency, by 10^(n/10), and the weighting.
  test.each([
    [10, -70.4],
    [13, -50.5],
    [15, -39.4],
    [18, -26.2],
    [21, -16.1],
    [24, -8.6],
    [27, -3.2],
    [30, 0],
    [33, 1.2],
    [36, 1.0],
    [39, -1.1],
    [42, -6.6],
    [43, -9.3],
  ])('at 10^(%i/10) Hz is the standard’s %f dB to its last digit', (tenths, expected) => {
    expect(Math.abs(aWeightingDb(10 ** (tenths / 10)) - expected)).toBeLessThanOrEqual(0.055);
  });

  test('lets nothing through at 0 Hz', () => {
    expect(aWeightingDb(0)).toBe(-Infinity);
  });
});

describe('the frequency axis', () => {
  test.each<AxisScale>(['log', 'linear'])('%s finds every place again', (scale) => {
    const axis = new FrequencyAxis(scale, rate);
    for (const place of [0, 0.1, 0.5, 0.987, 1]) {
      expect(axis.position(axis.hz(place))).toBeCloseTo(place, 12);
    }
  });

  test('gives every octave the same room, or every hertz', () => {
    const log = new FrequencyAxis('log', rate);
    expect(log.position(80) - log.position(40)).toBeCloseTo(
      log.position(8000) - log.position(4000),
    );
    const linear = new FrequencyAxis('linear', rate);
    expect(linear.position(10_000)).toBeCloseTo(0.5);
  });

  test('shows nothing above half the sample rate', () => {
    const axis = new FrequencyAxis('log', 8000);
    expect(axis.maxHz).toBe(4000);
    expect(axis.marks(20).every(({ hz }) => hz <= 4000)).toBe(true);
  });

  test('labels fewer frequencies where there is less room, and draws the same lines', () => {
    const axis = new FrequencyAxis('log', rate);
    const labels = (most: number) => axis.marks(most).flatMap(({ label }) => label || []);
    expect(labels(20)).toEqual(['20', '50', '100', '200', '500', '1k', '2k', '5k', '10k', '20k']);
    expect(labels(5)).toEqual(['100', '1k', '10k']);
    expect(axis.marks(5)).toHaveLength(axis.marks(20).length);
  });
});

describe('columns', () => {
  const bins = 1025;
  const binHz = rate / 2 / (bins - 1);

  test.each<AxisScale>(['log', 'linear'])(
    'of the %s axis lose no peak, however many bins they share',
    (scale) => {
      const axis = new FrequencyAxis(scale, rate);
      const columns = new SpectrumColumns({
        axis,
        columns: 97,
        sampleRate: rate,
        bins,
        weighted: false,
      });
      for (const peak of [3, 100, 511, 850]) {
        const levels = new Float32Array(bins).fill(-100);
        levels[peak] = -10;
        const column = Math.floor(axis.position(peak * binHz) * 97);
        const measured = columns.measure(levels);
        const around = [...measured.subarray(Math.max(0, column - 1), column + 2)];
        expect(Math.max(...around)).toBeGreaterThan(scale === 'log' && peak === 3 ? -60 : -10.001);
      }
    },
  );

  test('narrower than a bin lie on the parabola of a lobe', () => {
    const lobe = (bin: number) => -12 - 4 * (bin - 5.3) ** 2;
    const levels = Float32Array.from({ length: 11 }, (_, bin) => lobe(bin));
    for (const bin of [1, 2.25, 5, 5.3, 5.7, 8.9]) {
      expect(levelAt(levels, bin)).toBeCloseTo(lobe(bin), 4);
    }
    expect(levelAt(levels, 10)).toBeCloseTo(lobe(10), 4);
    expect(levelAt(levels, 99)).toBeCloseTo(lobe(10), 4);
  });

  test('are silent where the bins beside them are', () => {
    expect(levelAt(new Float32Array(5).fill(-Infinity), 2.5)).toBe(-Infinity);
  });

  test('are weighted by their own frequency', () => {
    const axis = new FrequencyAxis('log', rate);
    const plan = { axis, columns: 500, sampleRate: rate, bins };
    const flat = new Float32Array(bins).fill(-30);
    const weighted = new SpectrumColumns({ ...plan, weighted: true }).measure(flat);
    const plain = new SpectrumColumns({ ...plan, weighted: false }).measure(flat);
    expect(plain[250]).toBeCloseTo(-30);
    expect((weighted[100] ?? 0) - (plain[100] ?? 0)).toBeCloseTo(
      aWeightingDb(axis.hz(100.5 / 500)),
      3,
    );
  });
});

describe('the peak hold', () => {
  test('keeps the highest level of every bin, and forgets with the window', () => {
    const peaks = new PeakBins(5);
    peaks.reset();
    peaks.update(analysisOf(Float32Array.of(-10, -50, -30)));
    peaks.update(analysisOf(Float32Array.of(-20, -40, -30)));
    expect([...peaks.levelsDb]).toEqual([-10, -40, -30]);
    peaks.update(analysisOf(Float32Array.of(-60, -60, -60, -60, -60)));
    expect([...peaks.levelsDb]).toEqual([-60, -60, -60, -60, -60]);
  });
});

describe('the colours of the waterfall', () => {
  // Relative luminance after WCAG 2.2.
  const luminance = (red: number, green: number, blue: number): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((byte) => {
      const value = byte / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const luminances = (dark: boolean): number[] => {
    const map = colourMap(dark);
    return Array.from({ length: colourSteps }, (_, step) =>
      luminance(map[step * 4] ?? 0, map[step * 4 + 1] ?? 0, map[step * 4 + 2] ?? 0),
    );
  };

  test('grow brighter with the level on dark, darker on light, all the way', () => {
    for (const [dark, sign] of [
      [true, 1],
      [false, -1],
    ] as const) {
      const steps = luminances(dark);
      const rises = steps.slice(1).map((value, index) => (value - (steps[index] ?? 0)) * sign);
      expect(Math.min(...rises)).toBeGreaterThanOrEqual(0);
    }
  });

  test('end in a contrast that everybody sees', () => {
    for (const dark of [true, false]) {
      const [first = 0, last = 0] = [luminances(dark).at(0), luminances(dark).at(-1)];
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(15);
    }
  });

  test('stay at their ends beyond the range', () => {
    expect(colourIndex(-Infinity, -120, 0)).toBe(0);
    expect(colourIndex(-120, -120, 0)).toBe(0);
    expect(colourIndex(-60, -120, 0)).toBe(Math.round((colourSteps - 1) / 2));
    expect(colourIndex(6, -120, 0)).toBe(colourSteps - 1);
  });
});

describe('the cursor', () => {
  const axis = new FrequencyAxis('log', rate);
  const levels = new Float32Array(1025).fill(-90);
  const analysis = analysisOf(levels, [partial(440, -12), partial(443, -40), partial(5000, -30)]);
  const context = { analysis, sampleRate: rate, weighted: false, floorDb: -120 };

  test('follows the strongest partial until it is put somewhere', () => {
    const cursor = new SpectrumCursor();
    expect(cursor.read(axis, 0.01, context)).toMatchObject({ hz: 440, levelDb: -12 });
    expect(cursor.read(axis, 0.01, { ...context, analysis: analysisOf(levels) })).toBeNull();
  });

  test('reads the strongest partial that is near, else the level between the bins', () => {
    const cursor = new SpectrumCursor();
    cursor.pin(axis.position(444));
    expect(cursor.read(axis, 0.01, context)?.partial?.frequencyHz).toBe(440);
    cursor.pin(axis.position(1000));
    const reading = cursor.read(axis, 0.01, context);
    expect(reading?.hz).toBeCloseTo(1000);
    expect(reading).toMatchObject({ partial: null, levelDb: -90 });
  });

  test('reads weighted levels where the spectrum is weighted', () => {
    const cursor = new SpectrumCursor();
    const reading = cursor.read(axis, 0.01, { ...context, weighted: true });
    expect(reading?.levelDb).toBeCloseTo(-12 + aWeightingDb(440), 6);
  });

  test('goes from partial to partial, and no further than the last', () => {
    const cursor = new SpectrumCursor();
    const hz = () => axis.hz(cursor.position ?? NaN);
    cursor.jump(1, axis, context);
    expect(hz()).toBeCloseTo(440);
    cursor.jump(1, axis, context);
    expect(hz()).toBeCloseTo(443);
    for (let press = 0; press < 3; press += 1) cursor.jump(1, axis, context);
    expect(hz()).toBeCloseTo(5000);
    cursor.jump(-1, axis, context);
    expect(hz()).toBeCloseTo(443);
  });

  test('holds on to nothing that is not shown', () => {
    const hidden = [partial(1000, -130), partial(21_000, -10)];
    const cursor = new SpectrumCursor();
    const among = { ...context, analysis: analysisOf(levels, hidden) };
    expect(cursor.read(axis, 0.01, among)).toBeNull();
    cursor.jump(1, axis, among);
    expect(cursor.position).toBeNull();
    cursor.pin(axis.position(1000));
    expect(cursor.read(axis, 0.01, among)?.partial).toBeNull();
    cursor.pin(1);
    expect(cursor.read(axis, 0.1, among)?.hz).toBeCloseTo(20_000, 6);
  });

  test('comes back to where it was put when the pointer leaves, and stays on the axis', () => {
    const cursor = new SpectrumCursor();
    cursor.pin(0.3);
    cursor.hover(1.7);
    expect(cursor.position).toBe(1);
    cursor.hover(null);
    expect(cursor.position).toBe(0.3);
    cursor.pin(null);
    expect(cursor.position).toBeNull();
  });
});
