import type { TelemetrySnapshot, Underruns } from '../../lib/index.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import { formatCount, formatFixed, formatRate } from '../format.ts';
import { pace } from '../model/pace.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

type Show = (snapshot: TelemetrySnapshot) => void;

interface Figure {
  readonly element: HTMLElement;
  readonly show: Show;
}

/** The four figures that answer “is it holding?”. */
export class FigureRow extends View {
  protected mount(signal: AbortSignal): void {
    const figures = [makeRate(), makeLost(), makeUnderruns(), makeLatency()];
    this.append(...figures.map(({ element }) => element));
    this.page.frames.add(({ snapshot, text }) => {
      if (text) for (const { show } of figures) show(snapshot);
    }, signal);
    this.page.store.watch((state) => {
      this.classList.toggle('stale', !isMeasuring(state));
    }, signal);
  }
}

function makeRate(): Figure {
  const rate = readout('quanta-rate');
  const expected = readout('quanta-expected');
  const word = h('span', { class: 'part', 'data-testid': 'pace' });
  const expectation = h('span', { class: 'part' }, 'expected ', expected.element);
  return {
    element: figure('Quanta per second', [rate.element], expectation, word),
    show({ quantaPerSec, expectedQuantaPerSec }) {
      rate.set(quantaPerSec, formatRate);
      expected.set(expectedQuantaPerSec, formatRate);
      const { text, tone } = pace(quantaPerSec, expectedQuantaPerSec);
      setText(word, text);
      setAttributes(word, { 'data-tone': tone });
    },
  };
}

function makeLost(): Figure {
  const lost = readout('lost-frames');
  const frames = readout('frames');
  const under = h('span', { class: 'part' }, 'of ', frames.element);
  return {
    element: figure('Lost frames', [lost.element], under),
    show(snapshot) {
      const missing = snapshot.missedFrames + (snapshot.droppedFrames ?? 0);
      lost.set(missing, formatCount);
      frames.set(snapshot.frames + snapshot.missedFrames, formatCount);
      setAttributes(lost.element, { 'data-tone': missing > 0 ? 'warn' : undefined });
    },
  };
}

function makeUnderruns(): Figure {
  const events = readout('underruns');
  const under = h('span', { class: 'part' }, 'of the output');
  return {
    element: figure('Underruns', [events.element], under),
    show({ underruns }) {
      events.set(underruns?.events ?? null, formatCount);
      setText(under, underrunWords(underruns));
      setAttributes(events.element, {
        'data-tone': (underruns?.events ?? 0) > 0 ? 'warn' : undefined,
      });
    },
  };
}

function underrunWords(underruns: Underruns | null): string {
  if (underruns === null) return 'not counted by this browser';
  return `${formatFixed(underruns.durationMs, 1)} ms of silence`;
}

function makeLatency(): Figure {
  const total = readout('latency');
  const graph = h('span', { class: 'part' }, 'from graph to ear');
  const system = h('span', { class: 'part' });
  const unit = h('span', { class: 'unit' }, 'ms');
  return {
    element: figure('Latency, output', [total.element, unit], graph, system),
    show({ baseLatencyMs, outputLatencyMs }) {
      total.set(baseLatencyMs + (outputLatencyMs ?? 0), formatMs);
      setText(graph, `graph ${formatMs(baseLatencyMs)}`);
      setText(
        system,
        `system ${outputLatencyMs === null ? 'not told' : formatMs(outputLatencyMs)}`,
      );
    },
  };
}

function formatMs(ms: number): string {
  return formatFixed(ms, 1);
}

function figure(title: string, value: readonly Node[], ...parts: readonly Node[]): HTMLElement {
  return h(
    'section',
    { class: 'card figure' },
    h('h2', {}, title),
    h('p', { class: 'value' }, ...value),
    h('p', { class: 'under' }, ...parts),
  );
}
