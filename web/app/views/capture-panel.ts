import type { CaptureFault, Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { formatClock, formatFixed } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const shownPast = 5;

const ends: Readonly<Record<NonNullable<CaptureFault['end']>['how'], string>> = {
  recovered: 'brought back',
  'by-itself': 'over by itself',
  closed: 'closed',
};

/** What the watchdog finds: whether the capture lives, and what became of what did not. */
export class CapturePanel extends View {
  protected mount(signal: AbortSignal): void {
    const state = h('p', { class: 'aside', role: 'status', 'data-testid': 'capture-state' });
    const list = h('ul', { class: 'faults', 'data-testid': 'capture-faults' });
    fillCard(this, 'Capture watchdog', state, list);
    let shown = '';
    const show = (session: Session | null): void => {
      const { faults = [], past = [] } = session?.watchdog ?? {};
      const wanted = JSON.stringify([session === null, faults, past.length]);
      if (wanted === shown) return;
      shown = wanted;
      setText(state, stateWords(session, faults));
      const rate = session?.sampleRate ?? 1;
      const newest = [...faults, ...past.slice(-shownPast).toReversed()];
      list.replaceChildren(...newest.map((fault) => makeFault(fault, rate)));
      if (newest.length === 0) list.append(h('li', { class: 'note' }, emptyWords(session)));
    };
    this.page.frames.add(({ session, text }) => {
      if (text) show(session);
    }, signal);
    this.page.store.watch((now) => show(isMeasuring(now) ? now.session : null), signal);
  }
}

function stateWords(session: Session | null, faults: readonly CaptureFault[]): string {
  if (session === null) return '';
  const worst = faults.find(({ tone }) => tone === 'bad') ?? faults[0];
  return worst === undefined ? 'the capture lives' : worst.title.replace(/\.$/, '').toLowerCase();
}

function emptyWords(session: Session | null): string {
  return session === null
    ? 'Press Start: a microphone that dies, falls silent or changes its rate is told here.'
    : 'Nothing was wrong since the start. A microphone that dies, falls silent or changes its rate is told here within a quarter of a second.';
}

function makeFault(fault: CaptureFault, rateHz: number): HTMLElement {
  const { kind, tone, title, meaning, remedy, sinceFrame, end, failure, input } = fault;
  const place = input === null ? 'All inputs' : `Input ${input + 1}`;
  const gap = end === null ? 'now' : `${ends[end.how]} after ${formatFixed(end.gapMs / 1000, 2)} s`;
  const head = h(
    'p',
    { class: 'fault-head' },
    h('b', { 'data-tone': end === null && tone !== 'info' ? tone : undefined }, title),
    h('time', { class: 'num' }, formatClock(sinceFrame / rateHz)),
  );
  const words = [`${place}, ${gap}.`, meaning, end === null ? remedy : '', failure];
  const text = h('p', { class: 'note' }, words.filter((part) => part !== '').join(' '));
  return h('li', { 'data-kind': kind }, head, text);
}
