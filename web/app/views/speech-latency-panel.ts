import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { PlotBox } from '../dom/plot-box.ts';
import { readout } from '../dom/readout.ts';
import { latencyBars } from '../draw/latency-bars.ts';
import { utteranceWaterfall } from '../draw/utterance-waterfall.ts';
import { formatCount, formatSpan } from '../format.ts';
import {
  latencyPartNames,
  latencyParts,
  latencyPartWords,
  type Utterance,
} from '../model/speech-latency.ts';
import type { VoiceDesk } from '../model/voice-desk.ts';
import { type Page, View } from './view.ts';

const shownUtterances = 6;

/** How long the texts took: the last ones part by part, all of them as a histogram. */
export class SpeechLatencyPanel extends View {
  readonly #desk: VoiceDesk;

  constructor(page: Page, desk: VoiceDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const { latencies, transcript } = this.#desk;
    const draw = (): void => {
      const newest = latencies.utterances.slice(-shownUtterances);
      if (ways.width > 0) ways.show(utteranceWaterfall(newest, ways.width));
      if (bars.width > 0) bars.show(latencyBars(latencies.histogram(), bars.width));
    };
    const ways = new PlotBox('utterances', draw, signal);
    const bars = new PlotBox('latency-bars', draw, signal);
    const figures = [
      { title: 'Utterances', figure: readout('utterance-count') },
      { title: 'Median', figure: readout('text-latency-median') },
      { title: '95 % under', figure: readout('text-latency-p95') },
    ];
    const list = h('table');
    fillCard(
      this,
      'From the last syllable to the text',
      '',
      makeKey(),
      ways.element,
      h(
        'dl',
        { class: 'sums' },
        ...figures.map(({ title, figure }) =>
          h('div', {}, h('dt', {}, title), h('dd', {}, figure.element)),
        ),
      ),
      bars.element,
      h('div', { class: 'unseen' }, list),
    );
    const [count, median, p95] = figures.map(({ figure }) => figure);
    const show = (): void => {
      draw();
      count?.set(latencies.utterances.length, formatCount);
      median?.set(latencies.percentile(0.5), (ms) => formatSpan(ms / 1000));
      p95?.set(latencies.percentile(0.95), (ms) => formatSpan(ms / 1000));
      list.replaceChildren(...twinRows(latencies.utterances.slice(-shownUtterances)));
    };
    transcript.watch(show, signal);
    show();
  }
}

const makeKey = (): HTMLElement =>
  h(
    'p',
    { class: 'note key parts', 'aria-hidden': 'true' },
    ...latencyPartNames.map((name) => h('span', { class: name }, latencyPartWords[name])),
  );

/** The waterfall as a table, for those who do not see it. */
function twinRows(utterances: readonly Utterance[]): HTMLElement[] {
  const names = latencyPartNames.map((name) => h('th', { scope: 'col' }, latencyPartWords[name]));
  const head = h('tr', {}, h('th', { scope: 'col' }, 'Text'), ...names);
  const rows = utterances.map((utterance) => {
    const cells = latencyParts(utterance).map(({ ms }) => h('td', {}, formatSpan(ms / 1000)));
    const name = h('th', { scope: 'row' });
    setText(name, utterance.text);
    return h('tr', {}, name, ...cells);
  });
  return [h('caption', {}, 'Where the time of the last utterances went'), head, ...rows];
}
