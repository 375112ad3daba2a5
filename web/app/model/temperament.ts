/** Where the twelve notes of an octave stand, by temperament. */
import { mod12, notesPerOctave, referenceNote } from './note.ts';

/** The temperaments on offer. */
export const temperaments = [
  'equal',
  'just',
  'pythagorean',
  'meantone',
  'werckmeister',
  'vallotti',
] as const;

/** One of them. */
export type Temperament = (typeof temperaments)[number];

/** A temperament on its root, with the frequency of A4. */
export interface Tuning {
  readonly temperament: Temperament;
  /** Place of the root in the octave, 0 for C. */
  readonly root: number;
  readonly referenceHz: number;
}

const octaveCents = 1200;
const pureFifthCents = 1200 * Math.log2(3 / 2);
// Twelve pure fifths pass seven octaves by the Pythagorean comma, four pass two octaves and a pure
// third by the syntonic one.
const pythagoreanComma = notesPerOctave * pureFifthCents - 7 * octaveCents;
const syntonicComma = 4 * pureFifthCents - 2 * octaveCents - 1200 * Math.log2(5 / 4);

// Pure fifths and thirds from the root (H. Helmholtz, On the Sensations of Tone, part III). Where there
// is a choice: the minor seventh, 9/5, is a fifth above the minor third, and the augmented fourth,
// 45/32, a major third above the second.
const justRatios = [
  1,
  16 / 15,
  9 / 8,
  6 / 5,
  5 / 4,
  4 / 3,
  45 / 32,
  3 / 2,
  8 / 5,
  5 / 3,
  9 / 5,
  15 / 8,
] as const;

// Fifths from the root on, upwards; how much each is narrower than pure. Chains of equal fifths go from
// three fifths below the root to eight above (E flat to G sharp on C), and leave the wolf to the twelfth.
const chainBelow = 3;

// A. Werckmeister, Musicalische Temperatur (1691), "correct temperament no. 1", known as III: the fifths
// C-G, G-D, D-A and B-F sharp are a quarter of a Pythagorean comma narrow, the others pure.
const werckmeister = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0].map(
  (part) => (part * pythagoreanComma) / 4,
);

// F. A. Vallotti, Trattato della moderna musica (written about 1779): the six fifths from F to B are a
// sixth of a Pythagorean comma narrow, the others pure.
const vallotti = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1].map((part) => (part * pythagoreanComma) / 6);

const makers: Readonly<Record<Temperament, () => number[]>> = {
  equal: () => justRatios.map((_, degree) => (degree * octaveCents) / notesPerOctave),
  just: () => justRatios.map((ratio) => 1200 * Math.log2(ratio)),
  pythagorean: () => chainOf(0),
  // P. Aaron, Toscanello in musica (1523): four fifths make two octaves and a pure third.
  meantone: () => chainOf(syntonicComma / 4),
  werckmeister: () => circleOf(werckmeister),
  vallotti: () => circleOf(vallotti),
};

const degrees = new Map(temperaments.map((name) => [name, makers[name]()]));

/** Cents of each note above the root, from the root on. */
export function degreeCents(temperament: Temperament): readonly number[] {
  return degrees.get(temperament) ?? [];
}

/** Cents of a note above A4, which has the reference pitch in every temperament. */
export function centsAboveReference(note: number, tuning: Tuning): number {
  return centsAboveRoot(note, tuning) - centsAboveRoot(referenceNote, tuning);
}

/** Frequency of a note. */
export function noteHz(note: number, tuning: Tuning): number {
  return tuning.referenceHz * 2 ** (centsAboveReference(note, tuning) / octaveCents);
}

function centsAboveRoot(note: number, { temperament, root }: Tuning): number {
  const octaves = Math.floor((note - root) / notesPerOctave);
  return octaves * octaveCents + (degreeCents(temperament)[mod12(note - root)] ?? 0);
}

// Equal fifths up and down from the root.
function chainOf(narrowCents: number): number[] {
  const cents = Array.from<number>({ length: notesPerOctave });
  for (let fifths = -chainBelow; fifths < notesPerOctave - chainBelow; fifths += 1) {
    cents[mod12(fifths * 7)] = inOctave(fifths * (pureFifthCents - narrowCents));
  }
  return cents;
}

// All the way round: the last fifth comes back to the root.
function circleOf(narrowCents: readonly number[]): number[] {
  const cents = Array.from<number>({ length: notesPerOctave });
  let sum = 0;
  narrowCents.forEach((narrow, fifths) => {
    cents[mod12(fifths * 7)] = inOctave(sum);
    sum += pureFifthCents - narrow;
  });
  return cents;
}

function inOctave(cents: number): number {
  return cents - octaveCents * Math.floor(cents / octaveCents);
}
