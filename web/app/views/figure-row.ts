import type { TelemetrySnapshot } from '../../lib/index.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { formatCount, formatFixed, formatRate } from '../format.ts';
import type { DeadlineFeed } from '../model/deadline-feed.ts';
import {
  clockName,
  formatShare,
  formatUs,
  notHere,
  surestPercentile,
} from '../model/deadline-words.ts';
import { pace } from '../model/pace.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

// Seldom, so that a view that shows more than this one figure has the page's time.
const calmMs = 3000;

type Show = (snapshot: TelemetrySnapshot, frame: Frame) => void;

interface Figure {
  readonly element: HTMLElement;
  readonly show: Show;
}

/** The four figures that answer “is it holding?”. */
export class FigureRow extends View {
  protected mount(signal: AbortSignal): void {
    const figures = [makeRate(), makeCost(this.page.deadline), makeLost(), makeLatency()];
    this.append(...figures.map(({ element }) => element));
    this.page.frames.add((frame) => {
      if (frame.text) for (const { show } of figures) show(frame.snapshot, frame);
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
    element: figure(['Quanta per second'], [rate.element], expectation, word),
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
    element: figure(['Lost frames'], [lost.element], under),
    show(snapshot) {
      const missing = snapshot.missedFrames + (snapshot.droppedFrames ?? 0);
      lost.set(missing, formatCount);
      frames.set(snapshot.frames + snapshot.missedFrames, formatCount);
      setAttributes(lost.element, { 'data-tone': missing > 0 ? 'warn' : undefined });
    },
  };
}

function makeCost(feed: DeadlineFeed): Figure {
  const cost = readout('cost-of-quantum');
  const unit = h('span', { class: 'unit' }, 'µs');
  const share = h('span', { class: 'part', 'data-testid': 'cost-share' }, 'of its time');
  const how = h('span', { class: 'part', 'data-testid': 'cost-how' });
  const which = h('span', {}, 'p99');
  return {
    element: figure(['Quantum cost, ', which], [cost.element, unit], share, how),
    show(_, { session, nowMs }) {
      const reading = feed.read(session, 'all', nowMs, calmMs);
      const { name, figure: found } = surestPercentile(reading);
      const budget = `${formatFixed(reading.budgetUs / 1000, 2)} ms`;
      setText(which, name);
      cost.set(found.valueUs, formatUs);
      setText(share, found.valid ? `${formatShare(found.budgetShare)} of ${budget}` : notHere);
      setText(how, found.valid ? `by ${clockName(reading.source)}` : '');
      setAttributes(share, { title: found.reason ?? undefined });
      setAttributes(cost.element, {
        'data-tone': (found.budgetShare ?? 0) > 1 ? 'bad' : undefined,
      });
    },
  };
}

function makeLatency(): Figure {
  const total = readout('latency');
  const graph = h('span', { class: 'part' }, 'from graph to ear');
  const system = h('span', { class: 'part' });
  const unit = h('span', { class: 'unit' }, 'ms');
  return {
    element: figure(['Latency, output'], [total.element, unit], graph, system),
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

function figure(
  title: readonly (Node | string)[],
  value: readonly Node[],
  ...parts: readonly Node[]
): HTMLElement {
  return h(
    'section',
    { class: 'card figure' },
    h('h2', {}, ...title),
    h('p', { class: 'value' }, ...value),
    h('p', { class: 'under' }, ...parts),
  );
}
