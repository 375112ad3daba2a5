import type { Glitch, PipelineStatus } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { formatCount, formatFixed, formatRate } from '../format.ts';
import { formatShare, formatUs, surestPercentile } from '../model/deadline-words.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const recentMs = 60_000;
// The bars are in decades: a hundredth of a second to ten seconds.
const [leastLagMs, mostLagMs] = [10, 10_000];

interface Row {
  readonly element: HTMLElement;
  show(figure: string, words: string, share: number, tone?: 'warn' | 'bad'): void;
}

/** The threads, with what each has to do and how far behind it is. */
export class ThreadPanel extends View {
  #listeners: readonly Row[] = [];
  #names = '';

  protected mount(signal: AbortSignal): void {
    const audio = makeRow('Audio thread', 'thread-audio');
    const page = makeRow('Page', 'thread-page');
    const followers = h('div', { class: 'followers' });
    const note = h('p', { class: 'note', 'data-testid': 'thread-note' });
    const map = h('div', { class: 'threads' }, audio.element, page.element, followers);
    fillCard(this, 'Threads', '', map, note);
    this.page.frames.add((frame) => {
      if (!frame.text) return;
      this.#showAudio(audio, frame);
      showPage(page, frame.session.glitches.events, frame.nowMs);
      this.#showListeners(followers, frame.session.telemetry.pipeline);
      setText(note, noteFor(this.#listeners.length));
    }, signal);
    this.page.store.watch((state) => {
      this.classList.toggle('stale', !isMeasuring(state));
      if (!isMeasuring(state)) setText(note, 'Press Start: the threads are shown as they work.');
    }, signal);
  }

  #showAudio(row: Row, { session, snapshot, nowMs }: Frame): void {
    const reading = this.page.deadline.read(session, 'all', nowMs);
    const { name, figure } = surestPercentile(reading);
    const rate =
      snapshot.quantaPerSec === null ? '' : `${formatRate(snapshot.quantaPerSec)} quanta/s`;
    if (!figure.valid) return row.show('–', `${rate} · cost not measurable here`, 0);
    const words = `${rate} · ${name} takes ${formatShare(figure.budgetShare)} of its time`;
    row.show(
      `${formatUs(figure.valueUs)} µs`,
      words,
      figure.budgetShare,
      loadTone(figure.budgetShare),
    );
  }

  #showListeners(host: HTMLElement, listeners: readonly PipelineStatus[]): void {
    const names = JSON.stringify(listeners.map(({ name, epoch }) => [name, epoch]));
    if (names !== this.#names) {
      this.#names = names;
      this.#listeners = listeners.map(({ name }) => makeRow(name || 'unnamed', 'thread-listener'));
      host.replaceChildren(...this.#listeners.map(({ element }) => element));
    }
    this.#listeners.forEach((row, i) => showListener(row, listeners[i]));
  }
}

function makeRow(name: string, testId: string): Row {
  const figure = h('span', { class: 'num' });
  const words = h('span', { class: 'words' });
  const level = h('i');
  const bar = h('div', { class: 'bar', 'aria-hidden': 'true' }, level);
  return {
    element: h(
      'div',
      { class: 'thread', 'data-testid': testId },
      h('b', {}, name),
      figure,
      bar,
      words,
    ),
    show(text, sentence, share, tone) {
      setText(figure, text);
      setText(words, sentence);
      setAttributes(figure, { 'data-tone': tone });
      setAttributes(bar, { 'data-tone': tone });
      level.style.setProperty('--level', String(Math.min(1, Math.max(0, share))));
    },
  };
}

function showPage(row: Row, events: readonly Glitch[], nowMs: number): void {
  const recent = events.filter(
    ({ kind, pageMs }) => kind === 'long-task' && pageMs > nowMs - recentMs,
  );
  const worst = Math.max(0, ...recent.map(({ durationMs }) => durationMs));
  const busy = recent.reduce((sum, { durationMs }) => sum + durationMs, 0) / recentMs;
  const words =
    recent.length === 0
      ? 'no long task in the last minute'
      : `the longest of ${formatCount(recent.length)} long tasks in the last minute`;
  const figure = recent.length === 0 ? '–' : `${formatCount(Math.round(worst))} ms`;
  row.show(figure, words, busy, worst > 1000 ? 'warn' : undefined);
}

function showListener(row: Row, status: PipelineStatus | undefined): void {
  if (status === undefined) return;
  const { audioLagMs, droppedChunks, handOffMs, inferenceTimeMs } = status;
  const parts = [
    'lag',
    handOffMs === null ? '' : `hand-off ${formatFixed(handOffMs, 1)} ms`,
    inferenceTimeMs === null ? '' : `work ${formatFixed(inferenceTimeMs, 1)} ms`,
    droppedChunks === 0 ? 'none lost' : `${formatCount(droppedChunks)} lost`,
  ];
  const share =
    Math.log(Math.max(audioLagMs, leastLagMs) / leastLagMs) / Math.log(mostLagMs / leastLagMs);
  const tone = droppedChunks > 0 ? 'bad' : audioLagMs > 1000 ? 'warn' : undefined;
  const words = parts.filter((part) => part !== '').join(' · ');
  row.show(lagInWords(audioLagMs), words, share, tone);
}

function lagInWords(ms: number): string {
  return ms < 1000 ? `${formatFixed(ms, 1)} ms` : `${formatFixed(ms / 1000, 1)} s`;
}

function loadTone(share: number): 'warn' | 'bad' | undefined {
  if (share > 1) return 'bad';
  return share > 0.5 ? 'warn' : undefined;
}

function noteFor(listeners: number): string {
  if (listeners > 0)
    return 'Bars: share of the time that a thread has; of listeners, the lag in decades.';
  return 'Nobody listens to the bus yet. A model, a recorder or a program that follows it gets a row here.';
}
