import type { DeadlineFigure, DeadlineReading, Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { select, toggle } from '../dom/field.ts';
import { PlotBox } from '../dom/plot-box.ts';
import { readout } from '../dom/readout.ts';
import { costPlot } from '../draw/cost-plot.ts';
import { formatCount } from '../format.ts';
import type { CostWindow } from '../model/deadline-feed.ts';
import {
  clockInWords,
  coverageInWords,
  dateMeanInWords,
  formatShare,
  formatUs,
  notHere,
} from '../model/deadline-words.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const windows: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'all', label: 'Since the start' },
  { value: '60', label: 'Last minute' },
  { value: '10', label: 'Last 10 s' },
];

const figures = [
  { name: 'p50', title: 'p50' },
  { name: 'p95', title: 'p95' },
  { name: 'p99', title: 'p99' },
  { name: 'p999', title: 'p99.9' },
  { name: 'max', title: 'largest' },
  { name: 'mean', title: 'mean' },
] as const;

const twinIntervalMs = 4000;

interface Tile {
  readonly element: HTMLElement;
  show(reading: DeadlineReading): void;
}

/** What the quanta cost: histogram, percentiles, and where the figures come from. */
export class CostPanel extends View {
  readonly #window = select(windows, {
    'aria-label': 'Stretch of time',
    'data-testid': 'cost-window',
  });
  readonly #source = h('p', { class: 'note', 'data-testid': 'cost-source' });
  readonly #why = h('p', { class: 'note', 'data-testid': 'cost-why' });
  readonly #mean = h('p', { class: 'note', 'data-testid': 'cost-date-mean' });
  readonly #empty = h('p', { class: 'empty-words', 'data-testid': 'cost-empty' });
  readonly #twin = h('p', { class: 'unseen', 'aria-live': 'polite', 'data-testid': 'cost-text' });
  #shown: DeadlineReading | null = null;
  #toldMs = 0;

  protected mount(signal: AbortSignal): void {
    const tiles = figures.map(({ name, title }) =>
      makeTile(title, (reading) => reading[name], name),
    );
    const over = makeOver();
    const dense = this.#makeDense(signal);
    const plot = new PlotBox('cost-plot', () => this.#draw(plot), signal);
    const strip = h('dl', { class: 'tiles' }, ...[...tiles, over].map(({ element }) => element));
    const stage = h('div', { class: 'plot-stage' }, plot.element, this.#empty);
    const tools = h('div', { class: 'tools' }, this.#window);
    const notes = h(
      'div',
      { class: 'notes' },
      h('div', {}, this.#source, this.#mean, this.#why),
      dense,
    );
    fillCard(this, 'Cost of a quantum', tools, stage, strip, notes, this.#twin);
    this.#window.addEventListener('change', () => (this.#shown = null), { signal });
    this.page.frames.add(({ session, nowMs, text }) => {
      if (!text) return;
      const reading = this.page.deadline.read(session, this.#chosen, nowMs);
      if (reading === this.#shown) return;
      this.#shown = reading;
      for (const tile of [...tiles, over]) tile.show(reading);
      this.#draw(plot);
      this.#describe(reading, nowMs);
    }, signal);
    this.page.store.watch((state) => {
      this.classList.toggle('stale', !isMeasuring(state));
      if (this.#shown === null)
        setText(this.#empty, 'Press Start: the first figures take a few seconds.');
    }, signal);
  }

  get #chosen(): CostWindow {
    const { value } = this.#window;
    return value === 'all' ? value : value === '60' ? 60 : 10;
  }

  #draw(plot: PlotBox): void {
    if (this.#shown === null || plot.width === 0) return;
    const { histogram, p99, measured } = this.#shown;
    plot.show(costPlot(this.#shown, plot.width));
    if (histogram.length > 0) setText(this.#empty, '');
    else setText(this.#empty, measured === 0 ? emptyWords(p99) : '');
  }

  #describe(reading: DeadlineReading, nowMs: number): void {
    const { source, every } = reading;
    const thin = every > 1 ? `about one in ${formatCount(every)}` : 'every one';
    setText(
      this.#source,
      `Measured by ${clockInWords(source)}; ${coverageInWords(reading)}: ${thin}. ${source.reason}`,
    );
    setText(this.#mean, dateMeanInWords(reading));
    setText(this.#why, whyNot(reading));
    if (nowMs - this.#toldMs < twinIntervalMs) return;
    this.#toldMs = nowMs;
    setText(this.#twin, twinOf(reading));
  }

  #makeDense(signal: AbortSignal): HTMLElement {
    const { element, input } = toggle(
      'Measure every quantum',
      'cost-dense',
      'For profiling: costs a collection on the audio thread about every 20 s.',
    );
    const session = (): Session | null => this.page.store.state.session;
    input.addEventListener(
      'change',
      () => {
        void session()?.telemetry.deadline.measure(input.checked ? { every: 1 } : {});
        this.page.deadline.forget();
      },
      { signal },
    );
    let measured: Session | null = null;
    this.page.store.watch((state) => {
      input.disabled = !isMeasuring(state);
      // A new session begins thinly.
      if (state.session !== measured) input.checked = false;
      measured = state.session;
    }, signal);
    return element;
  }
}

/** Why figures are missing, each reason once. */
function whyNot(reading: DeadlineReading): string {
  const missing = figures.filter(({ name }) => !reading[name].valid);
  const reasons = new Set(missing.map(({ name }) => reading[name].reason));
  const titles = missing.map(({ title }) => title).join(', ');
  return missing.length === 0 ? '' : `${titles}: ${notHere}. ${[...reasons].join(' ')}`;
}

function emptyWords(figure: DeadlineFigure): string {
  return figure.valid ? '' : `The histogram is ${notHere}: ${figure.reason}`;
}

function makeTile(
  title: string,
  pick: (reading: DeadlineReading) => DeadlineFigure,
  name: string,
): Tile {
  const figure = readout(`cost-${name}`);
  const under = h('span', { class: 'under' });
  const value = h('dd', {}, figure.element, h('small', {}, 'µs'), under);
  return {
    element: h('div', {}, h('dt', {}, title), value),
    show(reading) {
      const { valueUs, budgetShare, reason } = pick(reading);
      figure.set(valueUs, formatUs);
      setText(under, budgetShare === null ? notHere : `${formatShare(budgetShare)} of the budget`);
      setAttributes(value, { title: reason ?? undefined });
      setAttributes(figure.element, { 'data-tone': (budgetShare ?? 0) > 1 ? 'bad' : undefined });
    },
  };
}

function makeOver(): Tile {
  const figure = readout('cost-over');
  const under = h('span', { class: 'under' });
  return {
    element: h('div', {}, h('dt', {}, 'over budget'), h('dd', {}, figure.element, under)),
    show({ overBudget, budgetUs, measured }) {
      figure.set(measured === 0 ? null : overBudget, formatCount);
      setAttributes(figure.element, { 'data-tone': overBudget > 0 ? 'bad' : undefined });
      setText(under, `budget ${formatUs(budgetUs)} µs`);
    },
  };
}

function twinOf({ p50, p99, overBudget }: DeadlineReading): string {
  if (!p50.valid || !p99.valid) return `The cost of a quantum is ${notHere}.`;
  return (
    `Half of the quanta cost less than ${formatUs(p50.valueUs)} microseconds, 99 in 100 less than ` +
    `${formatUs(p99.valueUs)}; ${formatCount(overBudget)} were over the budget.`
  );
}
