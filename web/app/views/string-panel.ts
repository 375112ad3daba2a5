import type { Analysis } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import { noFigure } from '../format.ts';
import { formatCents, formatError, formatHz } from '../model/pitch-words.ts';
import { type Reading, readPitch, stretchPerOctave } from '../model/tuner.ts';
import { tuningOf } from '../model/tuning.ts';
import { type Page, View } from './view.ts';

/** The figures behind the tuner's reading. */
export class StringPanel extends View {
  readonly #feed: AnalysisFeed;

  constructor(page: Page, feed: AnalysisFeed) {
    super(page);
    this.#feed = feed;
  }

  protected mount(signal: AbortSignal): void {
    const rows = [
      makePitch(),
      makeTarget(),
      makeInharmonicity(),
      makeOctave(),
      makeStretch(() => this.page.store.state.setup.stretched),
    ];
    fillCard(this, 'Pitch', '', h('dl', { class: 'rows' }, ...rows.map(({ element }) => element)));
    this.page.frames.add(({ text }) => {
      const { current } = this.#feed;
      if (!text || current === null) return;
      const { setup } = this.page.store.state;
      const reading = readPitch(current, tuningOf(setup), setup.stretched);
      for (const { show } of rows) show(reading, current);
    }, signal);
  }
}

interface Row {
  readonly element: HTMLElement;
  readonly show: (reading: Reading | null, analysis: Analysis) => void;
}

function row(title: string, ...parts: readonly (Node | string)[]): HTMLElement {
  return h('div', {}, h('dt', {}, title), h('dd', {}, ...parts));
}

function makePitch(): Row {
  const pitch = readout('pitch-hz');
  const error = h('small', { class: 'num' });
  return {
    element: row('Frequency, Hz', pitch.element, ' ', error),
    show(reading, { fundamentalErrorHz }) {
      pitch.set(reading?.pitchHz ?? null, formatHz);
      setText(error, reading === null ? '' : formatError(fundamentalErrorHz));
    },
  };
}

function makeTarget(): Row {
  const target = readout('target-hz');
  return {
    element: row('Target, Hz', target.element),
    show: (reading) => target.set(reading?.targetHz ?? null, formatHz),
  };
}

function makeInharmonicity(): Row {
  const text = h('span', { class: 'num', 'data-testid': 'inharmonicity' }, noFigure);
  return {
    element: row('Inharmonicity B', text),
    show: (reading, analysis) =>
      setText(text, reading === null ? noFigure : inharmonicityInWords(analysis)),
  };
}

// Above this B, hundredths of a millionth are more than anybody reads.
const coarse = 1e-3;

// Where B is not told from 0 there is no error either.
function inharmonicityInWords({ inharmonicity, inharmonicityError }: Analysis): string {
  if (inharmonicity === 0) return 'none found';
  const decimals = inharmonicity < coarse ? 2 : 0;
  const scaled = (value: number): string => (value * 1e6).toFixed(decimals);
  return `(${scaled(inharmonicity)} ± ${scaled(inharmonicityError)}) · 10⁻⁶`;
}

function makeOctave(): Row {
  const octave = readout('octave-cents');
  return {
    element: row('Octave wider by, cents', octave.element),
    show: (reading, { inharmonicity }) =>
      octave.set(reading === null ? null : stretchPerOctave(inharmonicity), formatCents),
  };
}

function makeStretch(isOn: () => boolean): Row {
  const text = h('span', { class: 'num', 'data-testid': 'stretch-cents' }, noFigure);
  return {
    element: row('Stretch of this note, cents', text),
    show(reading) {
      const cents = reading === null ? noFigure : formatCents(reading.stretchCents);
      setText(text, isOn() ? cents : 'not applied');
    },
  };
}
