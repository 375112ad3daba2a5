import { arrange } from '../dom/arrange.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { formatBytes } from '../format.ts';
import type { RecordDesk, RecordState } from '../model/record-desk.ts';
import { recoveredInWords } from '../model/record-words.ts';
import { TakeRow } from './take-row.ts';
import { type Page, View } from './view.ts';

/** What was recorded: to hear, to name, to save, to delete. */
export class TakesPanel extends View {
  readonly #desk: RecordDesk;
  #rows = new Map<string, TakeRow>();

  constructor(page: Page, desk: RecordDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    this.#rows = new Map();
    const sum = h('span', { class: 'aside', 'data-testid': 'takes-sum' });
    const words = h('p', { class: 'takes-words', role: 'status', 'data-testid': 'takes-words' });
    const recovered = h('p', { class: 'takes-recovered', role: 'status' });
    recovered.dataset['testid'] = 'takes-recovered';
    const list = h('ul', { class: 'takes', 'aria-label': 'Takes' });
    const where = 'Takes stay in this browser’s storage until you save or delete them.';
    fillCard(this, 'Takes', sum, recovered, words, list, h('p', { class: 'note' }, where));
    this.#desk.store.watch((state) => {
      setText(sum, sumInWords(state));
      setText(words, emptyWords(state));
      setText(recovered, recoveredInWords(state.recovered));
      this.#show(list, state);
    }, signal);
    signal.addEventListener('abort', () => {
      for (const row of this.#rows.values()) row.close();
    });
  }

  #show(list: HTMLElement, { takes }: RecordState): void {
    const rows = new Map((takes ?? []).map((take) => [take.id, this.#rowOf(take.id)]));
    for (const [id, row] of this.#rows) if (!rows.has(id)) row.close();
    const lost = [...list.children].findIndex(
      (row) => row.contains(document.activeElement) && !isAmong(rows, row),
    );
    this.#rows = rows;
    for (const take of takes ?? []) rows.get(take.id)?.show(take);
    const elements = [...rows.values()].map(({ element }) => element);
    arrange(list, elements);
    // The focus goes to the neighbour of a row that was deleted.
    if (lost >= 0) elements[Math.min(lost, elements.length - 1)]?.querySelector('button')?.focus();
  }

  #rowOf(id: string): TakeRow {
    return this.#rows.get(id) ?? new TakeRow(this.#desk, id, () => this.#hush(id));
  }

  // One is heard at a time.
  #hush(id: string): void {
    for (const [other, row] of this.#rows) if (other !== id) row.hush();
  }
}

function isAmong(rows: ReadonlyMap<string, TakeRow>, element: Element): boolean {
  return [...rows.values()].some((row) => row.element === element);
}

function sumInWords({ takes }: RecordState): string {
  if (takes === null || takes.length === 0) return '';
  const bytes = takes.reduce((sum, take) => sum + take.bytes, 0);
  return `${takes.length}, ${formatBytes(bytes)}`;
}

function emptyWords({ takes, notice, phase }: RecordState): string {
  if (takes === null) return notice === null ? 'Reading the list …' : 'The list cannot be read.';
  if (takes.length > 0) return '';
  if (phase !== 'idle') return 'The recording comes here when it is ended.';
  return 'Nothing is recorded yet. The red button, or the R key, records what is heard.';
}
