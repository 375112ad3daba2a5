import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../web/lib/index.ts';
import { StrobeClock, strobeContrast, strobeShift } from '../../web/app/draw/strobe.ts';
import { centsBetween, noteName } from '../../web/app/model/note.ts';
import { equalNote, formatCents, formatError } from '../../web/app/model/pitch-words.ts';
import {
  degreeCents,
  noteHz,
  type Temperament,
  temperaments,
  type Tuning,
} from '../../web/app/model/temperament.ts';
import { seededRandom } from '../support/random.ts';
import { nearestNote, readPitch, stretchPerOctave } from '../../web/app/model/tuner.ts';

const equal: Tuning = { temperament: 'equal', root: 0, referenceHz: 440 };

function toneOf(fundamentalHz: number, more: Partial<Analysis> = {}): Analysis {
  const tone = { frequencyHz: fundamentalHz, errorHz: 1e-6, levelDbfs: -12, phase: 0, harmonic: 1 };
  return {
    number: 0,
    windowFrames: 32_768,
    hopFrames: 2048,
    input: 8,
    centreFrame: 16_384,
    fundamentalHz,
    fundamentalErrorHz: 1e-6,
    inharmonicity: 0,
    inharmonicityError: 0,
    partials: [tone],
    levelsDb: new Float32Array(0),
    ...more,
  };
}

describe('notes', () => {
  test.each([
    [69, 'A4'],
    [60, 'C4'],
    [59, 'B3'],
    [61, 'C♯4'],
    [21, 'A0'],
    [108, 'C8'],
    [0, 'C−1'],
  ])('%i is called %s', (note, name) => {
    expect(noteName(note)).toBe(name);
  });

  test('of equal temperament are found from their frequencies', () => {
    expect(equalNote(440, 440)).toEqual({ name: 'A4', cents: 0 });
    expect(equalNote(261.6256, 440)?.name).toBe('C4');
    expect(equalNote(261.6256, 440)?.cents).toBeCloseTo(0, 3);
    expect(equalNote(440, 415)?.name).toBe('B♭4');
    expect(equalNote(0, 440)).toBeNull();
  });
});

describe('temperaments', () => {
  // Cents above the root from the literature, to a hundredth.
  const known: Readonly<Record<Temperament, readonly number[]>> = {
    equal: [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100],
    just: [
      0, 111.73, 203.91, 315.64, 386.31, 498.04, 590.22, 701.96, 813.69, 884.36, 1017.6, 1088.27,
    ],
    pythagorean: [
      ...[0, 113.69, 203.91, 294.13, 407.82, 498.04],
      ...[611.73, 701.96, 815.64, 905.87, 996.09, 1109.78],
    ],
    meantone: [
      ...[0, 76.05, 193.16, 310.26, 386.31, 503.42],
      ...[579.47, 696.58, 772.63, 889.74, 1006.84, 1082.89],
    ],
    werckmeister: [
      ...[0, 90.22, 192.18, 294.13, 390.22, 498.04],
      ...[588.27, 696.09, 792.18, 888.27, 996.09, 1092.18],
    ],
    vallotti: [
      ...[0, 94.13, 196.09, 298.04, 392.18, 501.96],
      ...[592.18, 698.04, 796.09, 894.13, 1000, 1090.22],
    ],
  };

  test.each(temperaments)('%s has its notes where its definition puts them', (name) => {
    const cents = degreeCents(name);
    expect(cents).toHaveLength(12);
    const apart = cents.map((value, degree) => Math.abs(value - (known[name][degree] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(0.006);
  });

  test.each(temperaments)('%s leaves A4 at the reference pitch on every root', (temperament) => {
    for (let root = 0; root < 12; root += 1) {
      expect(noteHz(69, { temperament, root, referenceHz: 442 })).toBeCloseTo(442, 9);
    }
  });

  test.each(temperaments)('%s has pure octaves', (temperament) => {
    const tuning = { temperament, root: 2, referenceHz: 415 };
    for (let note = 40; note < 60; note += 1) {
      expect(noteHz(note + 12, tuning) / noteHz(note, tuning)).toBeCloseTo(2, 12);
    }
  });

  test('just intonation on D has a pure fifth from D to A', () => {
    const tuning: Tuning = { temperament: 'just', root: 2, referenceHz: 440 };
    expect(440 / noteHz(62, tuning)).toBeCloseTo(1.5, 12);
  });

  test('meantone on C has pure thirds, and a wolf between G sharp and E flat', () => {
    const tuning: Tuning = { temperament: 'meantone', root: 0, referenceHz: 440 };
    expect(noteHz(64, tuning) / noteHz(60, tuning)).toBeCloseTo(1.25, 12);
    expect(centsBetween(noteHz(68, tuning), noteHz(75, tuning))).toBeCloseTo(737.64, 2);
  });

  test('every note of every temperament is found from its own frequency', () => {
    for (const temperament of temperaments) {
      for (const root of [0, 3, 9]) {
        const tuning = { temperament, root, referenceHz: 430 };
        for (let note = 21; note <= 108; note += 1) {
          expect(nearestNote(noteHz(note, tuning), tuning)).toBe(note);
        }
      }
    }
  });
});

describe('the tuner', () => {
  test('reads cents from the note next to the pitch', () => {
    const reading = readPitch(toneOf(440 * 2 ** (7.25 / 1200)), equal, false);
    expect(reading?.note).toBe(69);
    expect(reading?.cents).toBeCloseTo(7.25, 9);
    expect(reading?.errorCents).toBeCloseTo((1200 / Math.LN2) * (1e-6 / 440), 7);
  });

  test('reads another reference, and another temperament, as much lower as they are higher', () => {
    const cents = (tuning: Partial<Tuning>) =>
      readPitch(toneOf(523.251_130_6), { ...equal, ...tuning }, false)?.cents;
    expect(cents({})).toBeCloseTo(0, 6);
    expect(cents({ referenceHz: 442 })).toBeCloseTo(-centsBetween(440, 442), 6);
    // Werckmeister's A is 888.27 above C, not 900: with A4 fixed its C is 11.73 higher.
    expect(cents({ temperament: 'werckmeister' })).toBeCloseTo(-11.73, 2);
  });

  test('reads the first partial of a stiff string, and stretches the octaves by B', () => {
    const inharmonicity = 4e-4;
    const string = toneOf(880.1, { inharmonicity });
    const plain = readPitch(string, equal, false);
    expect(plain?.pitchHz).toBe(880.1);
    expect(plain?.cents).toBeCloseTo(centsBetween(880, 880.1), 9);
    expect(plain?.stretchCents).toBe(0);
    const stretched = readPitch(string, equal, true);
    // The second partial of A4 and the first of A5 are the same.
    const second = 2 * 440 * Math.sqrt(1 + 4 * inharmonicity);
    const first = 440 * Math.sqrt(1 + inharmonicity);
    expect(stretched?.stretchCents).toBeCloseTo(centsBetween(2 * first, second), 9);
    expect(stretched?.cents).toBeCloseTo((plain?.cents ?? 0) - stretchPerOctave(inharmonicity), 9);
  });

  test('finds no pitch in silence, in faint noise, or where the error is wide', () => {
    expect(readPitch(toneOf(0, { partials: [] }), equal, false)).toBeNull();
    const [tone] = toneOf(440).partials;
    const faint = { ...tone!, levelDbfs: -100 };
    expect(readPitch(toneOf(440, { partials: [faint] }), equal, false)).toBeNull();
    expect(readPitch(toneOf(440, { fundamentalErrorHz: 5 }), equal, false)).toBeNull();
    expect(readPitch(toneOf(440, { fundamentalErrorHz: NaN }), equal, false)).toBeNull();
  });
});

describe('the strobe', () => {
  // The phase of a steady cosine at a window's centre.
  const at = (frequencyHz: number, centreSec: number) => ({
    frequencyHz,
    harmonic: 1,
    phase: 2 * Math.PI * ((frequencyHz * centreSec) % 1),
  });
  const turns = (from: number, to: number) => to - from - Math.round(to - from);

  test('stands still for a tone that is in tune, from window to window and within one', () => {
    const first = strobeShift(at(440, 1), 440, 1, 0);
    for (const [centreSec, afterSec] of [
      [1, 0.4],
      [1.0427, 0],
      [3600.3, 0.01],
    ] as const) {
      const later = strobeShift(at(440, centreSec), 440, centreSec, afterSec);
      expect(turns(first, later)).toBeCloseTo(0, 6);
    }
  });

  test('moves by as many stripes a second as the tone is sharp by hertz', () => {
    const start = strobeShift(at(440.3, 2), 440, 2, 0);
    expect(turns(start, strobeShift(at(440.3, 2), 440, 2, 1))).toBeCloseTo(0.3, 6);
    expect(turns(start, strobeShift(at(440.3, 3), 440, 3, 0))).toBeCloseTo(0.3, 6);
    const flat = strobeShift(at(439.8, 2), 440, 2, 0);
    expect(turns(flat, strobeShift(at(439.8, 3), 440, 3, 0))).toBeCloseTo(-0.2, 6);
  });

  test('goes on without a jump where the next window takes over', () => {
    const extrapolated = strobeShift(at(441.7, 5), 440, 5, 0.0427);
    const measured = strobeShift(at(441.7, 5.0427), 440, 5.0427, 0);
    expect(turns(extrapolated, measured)).toBeCloseTo(0, 6);
  });

  test('runs steadily though windows are seen late, each by another amount', () => {
    const clock = new StrobeClock();
    const random = seededRandom(5);
    const toneHz = 442;
    const hopSec = 2048 / 48_000;
    const seen = (window: number) => (window * hopSec + 0.4 + random() / 60) * 1000;
    for (let window = 0; window < 200; window += 1) clock.see(window * hopSec, seen(window));
    // At one instant, by the window before the last and by the last.
    const nowMs = (200 * hopSec + 0.4) * 1000;
    const shifts = [199, 200].map((window) => {
      if (window === 200) clock.see(window * hopSec, nowMs + 15);
      const centreSec = window * hopSec;
      return strobeShift(at(toneHz, centreSec), 440, centreSec, clock.after(centreSec, nowMs));
    });
    expect(Math.abs(turns(shifts[0] ?? NaN, shifts[1] ?? NaN))).toBeLessThan(0.002);
  });

  test('follows the clock at once after a break', () => {
    const clock = new StrobeClock();
    clock.see(1, 1400);
    clock.see(2, 9000);
    expect(clock.after(2, 9010)).toBeCloseTo(0.01, 9);
  });

  test('fades where it would be too fast to follow', () => {
    expect(strobeContrast(at(440, 0), 440)).toBe(1);
    expect(strobeContrast(at(446, 0), 440)).toBeCloseTo(0.5);
    expect(strobeContrast(at(500, 0), 440)).toBe(0);
  });
});

describe('words of the tuner', () => {
  test('give cents a sign, and nothing none', () => {
    expect(formatCents(0.1234)).toBe('+0.123');
    expect(formatCents(-1)).toBe('−1.000');
    expect(formatCents(0.0004)).toBe('0.000');
    expect(formatCents(-0.0004)).toBe('0.000');
  });

  test('never call an error nothing', () => {
    expect(formatError(1e-7)).toBe('± <0.001');
    expect(formatError(0.0123)).toBe('± 0.012');
    expect(formatError(12.34)).toBe('± 12.3');
  });
});
