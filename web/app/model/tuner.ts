/** What the tuner makes of an analysis. */
import type { Analysis } from '../../lib/index.ts';
import { centsBetween, notesPerOctave, referenceNote } from './note.ts';
import { centsAboveReference, noteHz, type Tuning } from './temperament.ts';

/** How far a pitch is from the note next to it. */
export interface Reading {
  readonly note: number;
  /** Frequency of the first partial, which is what beats against another string. */
  readonly pitchHz: number;
  readonly cents: number;
  /** Standard deviation of the cents. */
  readonly errorCents: number;
  /** Where the note should be. */
  readonly targetHz: number;
  /** What the stretch puts the target up by; 0 without. */
  readonly stretchCents: number;
}

/** Within so many cents of its target a note is in tune: what careful tuners settle for. */
export const inTuneCents = 1;

// What is fainter is the converter's own noise, and a wider error means that there is no pitch to read.
const faintestDbfs = -90;
const widestErrorCents = 5;
const octaveCents = 1200;

/**
 * The reading of a window; null where nothing has a pitch.
 *
 * @param stretched Whether the notes are stretched by the inharmonicity of what sounds.
 */
export function readPitch(analysis: Analysis, tuning: Tuning, stretched: boolean): Reading | null {
  const { fundamentalHz, fundamentalErrorHz, inharmonicity } = analysis;
  const errorCents = centsBetween(fundamentalHz, fundamentalHz + fundamentalErrorHz);
  if (!(fundamentalHz > 0) || !(errorCents < widestErrorCents) || isFaint(analysis)) return null;
  const perOctave = stretched ? stretchPerOctave(inharmonicity) : 0;
  const note = nearestNote(fundamentalHz, tuning, perOctave);
  const stretchCents = stretchOf(note, perOctave);
  const targetHz = noteHz(note, tuning) * 2 ** (stretchCents / octaveCents);
  const cents = centsBetween(targetHz, fundamentalHz);
  return { note, pitchHz: fundamentalHz, cents, errorCents, targetHz, stretchCents };
}

/**
 * Cents by which octaves are wider than 2:1 when the second partial of the lower note and the first of
 * the upper one shall not beat, both with the same B: partial n of a stiff string lies at
 * f·n·√(1 + B·n²) (H. Fletcher, J. Acoust. Soc. Am. 36, 203, 1964).
 */
export function stretchPerOctave(inharmonicity: number): number {
  return centsBetween(1 + inharmonicity, 1 + 4 * inharmonicity) / 2;
}

/** The note whose target is next to a frequency. */
export function nearestNote(hz: number, tuning: Tuning, stretchCentsPerOctave = 0): number {
  const cents = centsBetween(tuning.referenceHz, hz);
  const target = (note: number): number =>
    centsAboveReference(note, tuning) + stretchOf(note, stretchCentsPerOctave);
  const guess = referenceNote + Math.round((cents / octaveCents) * notesPerOctave);
  // No temperament moves a note by a whole semitone, but a stretch may add to it.
  const near = [0, -1, 1, -2, 2].map((step) => guess + step);
  const distance = (note: number): number => Math.abs(target(note) - cents);
  return near.reduce((best, note) => (distance(note) < distance(best) ? note : best));
}

function stretchOf(note: number, perOctave: number): number {
  return ((note - referenceNote) / notesPerOctave) * perOctave;
}

function isFaint({ partials }: Analysis): boolean {
  return !partials.some(({ levelDbfs }) => levelDbfs > faintestDbfs);
}
