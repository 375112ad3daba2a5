import { QuantaError, type Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { field, select } from '../dom/field.ts';
import { makeFigureList } from '../dom/figure-list.ts';
import { svgElement } from '../dom/svg.ts';
import { errorPlot } from '../draw/error-plot.ts';
import { formatCount, formatFixed, formatKhz } from '../format.ts';
import {
  runSweep,
  sweepFrequencies,
  sweepInput,
  type SweepPoint,
} from '../model/accuracy-sweep.ts';
import { centsOff, percentile } from '../model/error-figures.ts';
import { playedHz } from '../model/oscillator-step.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const lengths = [8, 24, 60, 120] as const;
const millionths = 1e6;

interface Sweep {
  readonly session: Session;
  readonly frequencies: readonly number[];
  readonly points: SweepPoint[];
}

const errorsOf = (points: readonly SweepPoint[]): number[] =>
  points.map(({ hz, foundHz }) => Math.abs(centsOff(foundHz, hz)));

const figureOf = (part: number) => (points: readonly SweepPoint[]) =>
  points.length === 0 ? null : millionths * percentile(errorsOf(points), part);

const inBars = (points: readonly SweepPoint[]): number | null => {
  if (points.length === 0) return null;
  const within = points.filter(({ hz, foundHz, errorHz }) => Math.abs(foundHz - hz) <= 2 * errorHz);
  return (100 * within.length) / points.length;
};

const figures = [
  { title: 'Tones', testId: 'accuracy-count', value: countOf, format: formatCount },
  {
    title: 'Median error, millionths of a cent',
    testId: 'accuracy-median',
    value: figureOf(0.5),
    format: inMillionths,
  },
  {
    title: 'Largest error, millionths of a cent',
    testId: 'accuracy-worst',
    value: figureOf(1),
    format: inMillionths,
  },
  {
    title: 'Within two of the error bars, %',
    testId: 'accuracy-within',
    value: inBars,
    format: formatCount,
  },
];

function countOf(points: readonly SweepPoint[]): number {
  return points.length;
}

function inMillionths(value: number): string {
  return formatFixed(value, value < 10 ? 2 : 0);
}

/** Measures here and now how right the engine's frequencies are. */
export class AccuracyView extends View {
  readonly #length = select(
    lengths.map((count) => ({ value: String(count), label: `${count} tones` })),
    { 'data-testid': 'accuracy-length' },
  );
  readonly #button = h('button', { type: 'button', class: 'go', 'data-testid': 'accuracy-run' });
  readonly #progress = h('progress', { max: 1, 'aria-label': 'Tones measured' });
  readonly #words = h('p', { class: 'aside', role: 'status', 'data-testid': 'accuracy-status' });
  readonly #note = h('p', { class: 'note', 'data-testid': 'accuracy-note' });
  readonly #plot = h('div', { class: 'plot', 'data-testid': 'accuracy-plot' });
  #figures = makeFigureList('rows', figures);
  #run: AbortController | null = null;
  #runs: Session | null = null;
  #shown: Sweep | null = null;

  protected mount(signal: AbortSignal): void {
    this.#figures = makeFigureList('rows', figures);
    const controls = h('div', { class: 'sweep' }, field('Sweep', this.#length), this.#button);
    controls.append(this.#progress);
    const curve = h('section', { class: 'curve' });
    fillCard(curve, 'Error over frequency, cents', this.#words, controls, this.#plot, makeKey());
    const sums = h('section');
    fillCard(sums, 'What was found', '', this.#figures.element, this.#note);
    this.append(curve, sums);
    this.#button.addEventListener('click', () => this.#toggle(), { signal });
    this.page.store.watch(() => this.#follow(), signal);
    signal.addEventListener('abort', () => this.#cancel());
    this.#draw();
  }

  // A session that ends takes the sweep with it.
  #follow(): void {
    if (this.#runs !== null && this.#session !== this.#runs) this.#cancel();
    this.#showButton();
  }

  get #session(): Session | null {
    const { state } = this.page.store;
    return isMeasuring(state) ? state.session : null;
  }

  #showButton(): void {
    setText(this.#button, this.#run === null ? 'Measure' : 'Cancel');
    this.#button.disabled = this.#session === null;
    this.#length.disabled = this.#run !== null;
    this.#progress.hidden = this.#run === null;
    if (this.#session === null) setText(this.#words, 'Press Start first: the audio has to run.');
    else if (this.#run === null && this.#shown === null) setText(this.#words, '');
  }

  #toggle(): void {
    if (this.#run === null) void this.#start();
    else this.#cancel();
  }

  #cancel(): void {
    this.#run?.abort();
  }

  async #start(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const input = sweepInput(session);
    if (input === null) {
      this.#tell('Every input has a source: take one away first.');
      return;
    }
    const run = new AbortController();
    this.#run = run;
    this.#runs = session;
    try {
      await this.#sweep(session, input, run.signal);
      this.#tell('Done.');
    } catch (error) {
      this.#tell(run.signal.aborted ? 'Cancelled.' : wordsOf(error));
    } finally {
      this.#run = null;
      this.#runs = null;
      this.#showButton();
    }
  }

  async #sweep(session: Session, input: number, signal: AbortSignal): Promise<void> {
    const frequencies = sweepFrequencies(Number(this.#length.value), session.sampleRate);
    this.#shown = { session, frequencies, points: [] };
    const { points } = this.#shown;
    this.#draw();
    this.#showButton();
    const report = (point: SweepPoint): void => {
      points.push(point);
      this.#draw();
    };
    await runSweep(session, input, frequencies, report, signal);
  }

  #tell(words: string): void {
    setText(this.#words, words);
  }

  #draw(): void {
    const points = this.#shown?.points ?? [];
    this.#plot.replaceChildren(svgElement(plotOf(points)));
    this.#figures.draw(points);
    if (this.#shown === null) return;
    const { frequencies, session } = this.#shown;
    setAttributes(this.#progress, { value: points.length / frequencies.length });
    if (this.#run !== null) this.#tell(`${points.length} of ${frequencies.length}`);
    setText(this.#note, noteOf(frequencies, session.sampleRate));
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof QuantaError) return `${error.message} ${error.remedy}`;
  if (error instanceof Error) return error.message;
  throw error;
}

const plotOf = (points: readonly SweepPoint[]) =>
  errorPlot({
    label: 'Errors and error bars in cents over frequency',
    fromHz: 20,
    toHz: 20_000,
    series: [
      {
        className: 'bound',
        kind: 'line',
        points: points.map(({ hz, errorHz }) => ({ hz, cents: centsOff(hz + errorHz, hz) })),
      },
      {
        className: 'error',
        kind: 'dots',
        points: points.map(({ hz, foundHz }) => ({ hz, cents: centsOff(foundHz, hz) })),
      },
    ],
  });

const makeKey = (): HTMLElement =>
  h(
    'p',
    { class: 'note key' },
    h('span', { class: 'error' }, 'error'),
    h(
      'span',
      { class: 'bound' },
      'error bar: the Cramér-Rao bound under the noise that was measured',
    ),
  );

/** What the figures are held against. */
function noteOf(frequencies: readonly number[], sampleRate: number): string {
  const off = frequencies.map((hz) => Math.abs(centsOff(playedHz(hz, sampleRate), hz)));
  const moved = formatFixed(millionths * percentile(off, 1), 2);
  return (
    `OscillatorNode → worklet → analysis of 32 768 frames at ${formatKhz(sampleRate)}. The reference ` +
    'is the frequency that was asked for, a 32-bit float. Chromium also rounds the step from frame to ' +
    'frame to 32 bits, which moves a tone by up to 110 millionths of a cent: the tones of this sweep ' +
    `are chosen so that it moves none by more than ${moved}. What other browsers round is in the error.`
  );
}
