import { fillCard } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { type Fact, browserFacts, engineFacts, sessionFacts } from '../model/facts.ts';
import { PipelinePanel } from './pipeline-panel.ts';
import { View } from './view.ts';

const terms: readonly (readonly [string, string])[] = [
  [
    'Quantum',
    'The frames that the audio thread handles in one call. It must be done before the next one.',
  ],
  ['Quanta per second', 'Calls counted on the audio clock, averaged over a second.'],
  [
    'Lost frames',
    'Frames for which the audio thread was not called, and frames that the engine had to drop. What the browser drops before the audio thread is not in it.',
  ],
  ['Underruns', 'Times when the output ran dry, as the browser counts them.'],
  [
    'Latency',
    'From the audio graph to the audio system, and from there to the ear, as the browser tells.',
  ],
  [
    'Lag, hand-off, inference',
    'Of one listener, side by side: audio that is published and unread, how long the last chunk waited to be seen at most, and what the listener reported of its last work.',
  ],
  [
    'Clock drift',
    'How fast the audio clock runs against the page’s clock, with its 95 % interval. Steps are jumps of the browser’s own clock.',
  ],
  ['Peak, RMS', 'dBFS: 0 is full scale. A full-scale sine has a peak of 0 and an RMS of −3.0.'],
];

/** What runs here, in detail, and how to read the figures. */
export class StatusView extends View {
  protected mount(signal: AbortSignal): void {
    const engine = makePanel('Engine');
    const session = makePanel('Session');
    const browser = makePanel('This browser');
    const pipeline = new PipelinePanel(this.page);
    this.append(engine.element, session.element, browser.element, pipeline, makeTerms());
    this.page.store.watch((state) => {
      engine.show(engineFacts(state));
      session.show(sessionFacts(state));
      browser.show(browserFacts(state));
    }, signal);
  }
}

function makePanel(title: string): { element: HTMLElement; show(facts: readonly Fact[]): void } {
  const element = h('section');
  const list = h('dl', { class: 'rows' });
  fillCard(element, title, '', list);
  return {
    element,
    show: (facts) =>
      list.replaceChildren(
        ...facts.map(({ name, value, tone }) =>
          h('div', {}, h('dt', {}, name), h('dd', { 'data-tone': tone }, value)),
        ),
      ),
  };
}

function makeTerms(): HTMLElement {
  const element = h('section', { class: 'terms' });
  const list = h('dl');
  for (const [term, meaning] of terms) list.append(h('dt', {}, term), h('dd', {}, meaning));
  fillCard(element, 'Reading the figures', '', list);
  return element;
}
