import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { makeFigureList } from '../dom/figure-list.ts';
import { PlotBox } from '../dom/plot-box.ts';
import { delayPlot } from '../draw/delay-plot.ts';
import { formatBytes, formatElapsed, formatSpan } from '../format.ts';
import type { BroadcastDesk, BroadcastStatus } from '../model/broadcast-desk.ts';
import {
  broadcastInWords,
  historyInWords,
  nextTryInWords,
  phaseTitle,
  phaseTone,
} from '../model/broadcast-words.ts';
import { type Page, View } from './view.ts';

const twinIntervalMs = 10_000;

/** How the broadcast goes: its state with the reason, what was sent and lost, and how late it is. */
export class BroadcastStatusPanel extends View {
  readonly #desk: BroadcastDesk;

  constructor(page: Page, desk: BroadcastDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const title = h('b', { 'data-testid': 'broadcast-phase' });
    const dot = h('i', { class: 'dot', 'aria-hidden': 'true' });
    const reason = h('p', { class: 'air-reason', 'data-testid': 'broadcast-reason' });
    const next = h('p', { class: 'air-next num', 'data-testid': 'broadcast-next' });
    const air = h('div', { class: 'air', role: 'status' }, h('p', {}, dot, title), reason);
    const figures = makeFigures();
    fillCard(this, 'On the way', '', air, next, figures.element, ...this.#makeHistory(signal));
    this.#desk.store.watch((state) => {
      const { status } = state;
      setText(title, phaseTitle(status.phase));
      setText(reason, broadcastInWords(state));
      setAttributes(air, { 'data-phase': status.phase });
      setAttributes(dot.parentElement ?? air, { 'data-tone': phaseTone(status.phase) });
      setText(next, nextTryInWords(status, performance.now()));
      figures.draw(status);
    }, signal);
    this.page.frames.add(({ text, nowMs }) => {
      if (text) setText(next, nextTryInWords(this.#desk.store.state.status, nowMs));
    }, signal);
  }

  #makeHistory(signal: AbortSignal): readonly HTMLElement[] {
    const { history, store } = this.#desk;
    const twin = h('p', { class: 'unseen', 'data-testid': 'delay-text' });
    const draw = (): void => {
      if (plot.width > 0) plot.show(delayPlot(history, plot.width));
    };
    const plot = new PlotBox('delay-plot', draw, signal);
    let [drawn, toldMs] = [history.samples, -Infinity];
    setText(twin, historyInWords(history));
    store.watch(() => {
      if (history.samples === drawn) return;
      drawn = history.samples;
      draw();
      if (performance.now() - toldMs < twinIntervalMs) return;
      toldMs = performance.now();
      setText(twin, historyInWords(history));
    }, signal);
    return [makeKey(), plot.element, twin];
  }
}

const makeKey = (): HTMLElement =>
  h(
    'p',
    { class: 'note key air-key', 'aria-hidden': 'true' },
    h('span', { class: 'socket' }, 'mix to socket, p95'),
    h('span', { class: 'server' }, 'mix to server, estimated'),
    h('span', { class: 'dropped' }, 'dropped'),
  );

const formatMs = (ms: number): string => formatSpan(ms / 1000);

const makeFigures = (): ReturnType<typeof makeFigureList<BroadcastStatus>> =>
  makeFigureList<BroadcastStatus>('air-figures', [
    {
      ...{ title: 'Sent', testId: 'air-sent', format: formatElapsed },
      value: ({ sentMs }) => sentMs / 1000,
    },
    {
      ...{ title: 'Sent bytes', testId: 'air-bytes', format: formatBytes },
      value: ({ sentBytes }) => sentBytes,
    },
    {
      ...{ title: 'Waiting', testId: 'air-waiting', format: formatMs },
      value: ({ waitingMs }) => waitingMs,
    },
    {
      ...{ title: 'Dropped', testId: 'air-dropped', format: formatMs },
      value: ({ droppedMs }) => droppedMs,
    },
    {
      ...{ title: 'Mix to socket, p95', testId: 'air-socket', format: formatMs },
      value: ({ ringToSocketMs }) => ringToSocketMs?.p95 ?? null,
    },
    {
      ...{ title: 'Mix to server, about', testId: 'air-server', format: formatMs },
      value: ({ serverDelayMs }) => serverDelayMs,
    },
  ]);
