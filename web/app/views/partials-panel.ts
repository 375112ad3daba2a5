import type { Partial } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import { formatDb, formatFixed, noFigure } from '../format.ts';
import { equalNote, formatCents, formatError, formatHz } from '../model/pitch-words.ts';
import { type Page, View } from './view.ts';

const rowCount = 8;
const columns = ['No.', 'Frequency, Hz', '', 'Note', 'Cents', 'dBFS'];

/** The strongest partials of the newest window. */
export class PartialsPanel extends View {
  readonly #feed: AnalysisFeed;

  constructor(page: Page, feed: AnalysisFeed) {
    super(page);
    this.#feed = feed;
  }

  protected mount(signal: AbortSignal): void {
    const rows = Array.from({ length: rowCount }, makeRow);
    const count = h('span', { class: 'aside num' });
    const heads = columns.map((title) =>
      title === '' ? h('td') : h('th', { scope: 'col' }, title),
    );
    const table = h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...heads)),
      h('tbody', {}, ...rows.map(({ element }) => element)),
    );
    const label = 'Strongest partials';
    const region = { class: 'partials', tabindex: 0, role: 'region', 'aria-label': label };
    fillCard(this, label, count, h('div', region, table));
    this.page.frames.add(({ text }) => {
      const { current } = this.#feed;
      if (!text || current === null) return;
      const { referenceHz, spectrumRangeDb } = this.page.store.state.setup;
      // As loud as the spectrum shows: even a test tone has a hundred that nobody hears.
      const partials = current.partials.filter(({ levelDbfs }) => levelDbfs >= -spectrumRangeDb);
      setText(count, `${partials.length} above ${formatFixed(-spectrumRangeDb, 0)} dBFS`);
      const strongest = partials.sort((one, other) => other.levelDbfs - one.levelDbfs);
      rows.forEach(({ show }, index) => show(strongest[index], referenceHz));
    }, signal);
  }
}

interface Row {
  readonly element: HTMLElement;
  readonly show: (partial: Partial | undefined, referenceHz: number) => void;
}

function makeRow(): Row {
  const number = h('th', { scope: 'row', class: 'num' }, noFigure);
  const frequency = readout('partial-hz');
  const error = h('small', { class: 'num' });
  const note = h('td', { class: 'note-name', 'data-testid': 'partial-note' }, noFigure);
  const cents = readout('partial-cents');
  const level = readout('partial-db');
  const cells = [frequency.element, error].map((figure) => h('td', {}, figure));
  const after = [cents.element, level.element].map((figure) => h('td', {}, figure));
  return {
    element: h('tr', { 'data-testid': 'partial' }, number, ...cells, note, ...after),
    show(partial, referenceHz) {
      const reading = partial === undefined ? null : equalNote(partial.frequencyHz, referenceHz);
      setText(number, partial === undefined ? noFigure : harmonicName(partial));
      frequency.set(partial?.frequencyHz ?? null, formatHz);
      setText(error, partial === undefined ? '' : formatError(partial.errorHz));
      setText(note, reading?.name ?? noFigure);
      cents.set(reading?.cents ?? null, (value) => formatCents(value, 2));
      level.set(partial?.levelDbfs ?? null, formatDb);
    },
  };
}

function harmonicName({ harmonic }: Partial): string {
  return harmonic === 0 ? noFigure : String(harmonic);
}
