import { h, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import { formatDb, formatFixed, formatMeter, noFigure } from '../format.ts';
import { equalNote, formatCents, formatHz } from '../model/pitch-words.ts';
import type { Setup } from '../model/setup.ts';
import type { CursorReading } from '../model/spectrum-cursor.ts';

/** What the cursor reads, or the strongest partial where there is no cursor. */
export class CursorReadout {
  readonly element: HTMLElement;
  readonly #what = h('span', { class: 'what' });
  readonly #hz = readout('cursor-hz');
  readonly #note = h('b', { class: 'note-name', 'data-testid': 'cursor-note' }, noFigure);
  readonly #cents = readout('cursor-cents');
  readonly #db = readout('cursor-db');
  readonly #unit = h('small', {}, 'dBFS');

  constructor() {
    const slot = (name: string, ...parts: readonly (Node | string)[]): HTMLElement =>
      h('span', { class: `slot ${name}` }, ...parts);
    this.element = h(
      'p',
      { class: 'reading' },
      this.#what,
      slot('hz', this.#hz.element, h('small', {}, 'Hz')),
      slot('note', this.#note),
      slot('cents', this.#cents.element, h('small', {}, 'cent')),
      slot('db', this.#db.element, this.#unit),
    );
  }

  /** @param pointed Whether there is a cursor. */
  show(reading: CursorReading | null, pointed: boolean, setup: Setup): void {
    const note = reading === null ? null : noteOf(reading, setup);
    // Away from a partial there is no frequency to measure, only the cursor's own.
    const decimals = reading?.partial === null ? 1 : 3;
    setText(this.#what, whatOf(reading, pointed));
    this.#hz.set(reading?.hz ?? null, (hz) => formatFixed(hz, decimals));
    setText(this.#note, note?.name ?? noFigure);
    this.#cents.set(note?.cents ?? null, (cents) => formatCents(cents, decimals));
    this.#db.set(reading?.levelDb ?? null, formatMeter);
    setText(this.#unit, levelUnit(setup));
  }
}

/** The same in a sentence. */
export function readingInWords(reading: CursorReading | null, setup: Setup): string {
  if (reading === null) return 'No partial.';
  const note = noteOf(reading, setup);
  const pitch = note === null ? '' : `, ${note.name} ${formatCents(note.cents, 1)} cents`;
  const what = reading.partial === null ? '' : 'Partial at ';
  const level = `${formatDb(reading.levelDb)} ${levelUnit(setup)}`;
  return `${what}${formatHz(reading.hz)} Hz${pitch}, ${level}.`;
}

function whatOf(reading: CursorReading | null, pointed: boolean): string {
  if (!pointed) return 'Strongest';
  return reading !== null && reading.partial !== null ? 'Partial' : 'Cursor';
}

function noteOf({ hz }: CursorReading, { referenceHz }: Setup): ReturnType<typeof equalNote> {
  return equalNote(hz, referenceHz);
}

function levelUnit({ aWeighted }: Setup): string {
  return aWeighted ? 'dBFS (A)' : 'dBFS';
}
