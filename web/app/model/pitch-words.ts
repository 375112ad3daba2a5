/** Frequencies, notes and cents as people read them. */
import { formatFixed } from '../format.ts';
import { centsBetween, noteName } from './note.ts';
import { noteHz, type Tuning } from './temperament.ts';
import { nearestNote } from './tuner.ts';

const finest = 0.001;

/** A frequency's note, and how far it is from it. */
export interface NoteReading {
  readonly name: string;
  readonly cents: number;
}

/** The note next to a frequency in equal temperament; null where there is none, at 0 Hz. */
export function equalNote(hz: number, referenceHz: number): NoteReading | null {
  if (!(hz > 0)) return null;
  const tuning: Tuning = { temperament: 'equal', root: 0, referenceHz };
  const note = nearestNote(hz, tuning);
  return { name: noteName(note), cents: centsBetween(noteHz(note, tuning), hz) };
}

/** `440.000`: a frequency to a thousandth. */
export function formatHz(hz: number): string {
  return formatFixed(hz, 3);
}

/** `+0.123`, `−1.000`: cents with their sign, nothing at all has none. */
export function formatCents(cents: number, decimals = 3): string {
  const text = formatFixed(cents, decimals);
  return Number(cents.toFixed(decimals)) > 0 ? `+${text}` : text;
}

/** `± 0.012`, or `± <0.001` where that would be nothing. */
export function formatError(error: number): string {
  return error < finest ? `± <${finest}` : `± ${error.toFixed(error < 10 ? 3 : 1)}`;
}
