/** Notes by their MIDI numbers: 69 is the A above middle C, 12 to the octave. */

const minus = '\u2212';

/** Names of the twelve notes from C on. */
export const noteNames = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'B♭', 'B'] as const;

/** Notes of an octave. */
export const notesPerOctave: number = noteNames.length;

/** The note that the reference pitch belongs to. */
export const referenceNote = 69;

/** Cents from one frequency up to another. */
export function centsBetween(fromHz: number, toHz: number): number {
  return 1200 * Math.log2(toHz / fromHz);
}

/** `A4`: octaves begin with C, middle C is C4. */
export function noteName(note: number): string {
  const octave = Math.floor(note / notesPerOctave) - 1;
  return `${noteNames[mod12(note)] ?? ''}${octave < 0 ? minus + -octave : octave}`;
}

/** A note's place in its octave, 0 for C. */
export function mod12(note: number): number {
  return ((note % notesPerOctave) + notesPerOctave) % notesPerOctave;
}
