import type { Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { formatCount } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import { type Torture, tortures } from '../model/torture.ts';
import { type Check, TortureBooks } from '../model/torture-books.ts';
import { View } from './view.ts';

/** A torture's row: what it does, its button, what held. */
interface Row {
  readonly torture: Torture;
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly show: (words: string, checks: readonly Check[]) => void;
}

/** Hurts the page and says what held. */
export class TorturePanel extends View {
  #rows: readonly Row[] = [];
  #run: AbortController | null = null;
  readonly #words = h('p', { class: 'aside', role: 'status', 'data-testid': 'torture-status' });

  protected mount(signal: AbortSignal): void {
    this.#rows = tortures.map((torture) => makeRow(torture, () => void this.#toggle(torture)));
    const list = h('div', { class: 'tortures' }, ...this.#rows.map(({ element }) => element));
    fillCard(this, 'Torture', this.#words, list);
    this.page.store.watch(() => this.#follow(), signal);
    signal.addEventListener('abort', () => this.#run?.abort());
  }

  get #session(): Session | null {
    const { state } = this.page.store;
    return isMeasuring(state) && state.session?.engine.engine !== 'none' ? state.session : null;
  }

  // A session that ends takes the torture with it.
  #follow(): void {
    const ready = this.#session?.isolated === true;
    if (!ready) this.#run?.abort();
    for (const { button } of this.#rows) button.disabled = !ready;
    if (this.#run === null) setText(this.#words, ready ? '' : 'Press Start first.');
  }

  async #toggle(torture: Torture): Promise<void> {
    this.#run?.abort();
    const session = this.#session;
    const row = this.#rows.find((each) => each.torture === torture);
    if (this.#run !== null || session === null || row === undefined) return;
    const run = new AbortController();
    this.#run = run;
    this.#mark(row);
    await this.#hurt(row, session, run.signal);
    this.#run = null;
    for (const { button } of this.#rows) setText(button, 'Start');
    this.#follow();
  }

  async #hurt({ torture, show }: Row, session: Session, signal: AbortSignal): Promise<void> {
    try {
      using books = new TortureBooks(session);
      const own = await torture.run(session, signal);
      const checks = [...own, ...(await books.judge())];
      show(checks.every(({ held }) => held) ? 'Everything held.' : 'NOT everything held.', checks);
    } catch (error) {
      if (signal.aborted) show('Stopped.', []);
      else show(error instanceof Error ? error.message : String(error), []);
    }
  }

  #mark(row: Row): void {
    row.show('', []);
    setText(row.button, 'Stop');
    setText(this.#words, row.torture.title);
    for (const { button } of this.#rows) button.disabled = button !== row.button;
  }
}

function makeRow(torture: Torture, toggle: () => void): Row {
  const { id, title, words } = torture;
  const label = `${title}: start or stop`;
  const button = h('button', {
    ...{ type: 'button', 'aria-label': label, 'data-testid': `torture-${id}` },
  });
  setText(button, 'Start');
  button.addEventListener('click', toggle);
  const verdict = h('p', { role: 'status', 'data-testid': `torture-${id}-verdict` });
  const list = h('ul', { 'data-testid': `torture-${id}-checks` });
  const head = h('div', {}, h('strong', {}, title), h('p', { class: 'note' }, words));
  return {
    torture,
    button,
    element: h('section', { 'aria-label': title }, head, button, verdict, list),
    show(text, checks) {
      setText(verdict, text);
      verdict.dataset['tone'] = checks.every(({ held }) => held) ? 'good' : 'bad';
      list.replaceChildren(...checks.map(checkItem));
    },
  };
}

function checkItem({ name, held, figure }: Check): HTMLElement {
  const words = `${name}: ${formatCount(figure)}${held ? '' : ' (not held)'}`;
  return h('li', { 'data-held': String(held), 'data-tone': held ? 'good' : 'bad' }, words);
}
