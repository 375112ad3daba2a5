import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { type Palette, Theme } from '../draw/palette.ts';
import { PixelCanvas } from '../draw/pixel-canvas.ts';
import { StrobeClock } from '../draw/strobe.ts';
import { StrobePainter, type StrobeView } from '../draw/strobe-painter.ts';
import { formatFixed, noFigure } from '../format.ts';
import { noteName } from '../model/note.ts';
import { formatCents, formatError, formatHz } from '../model/pitch-words.ts';
import type { Setup } from '../model/setup.ts';
import { inTuneCents, type Reading, readPitch } from '../model/tuner.ts';
import { tuningOf } from '../model/tuning.ts';
import { makeCentsScale } from './cents-scale.ts';
import { type Page, View } from './view.ts';

const twinIntervalMs = 4000;

/** The note, its cents, and the strobe. */
export class TunerPanel extends View {
  readonly #feed: AnalysisFeed;
  readonly #note = h('p', { class: 'note-name big', 'data-testid': 'tuner-note' }, noFigure);
  readonly #cents = readout('tuner-cents');
  readonly #error = h('span', { class: 'num error', 'data-testid': 'tuner-error' });
  readonly #hz = readout('tuner-hz');
  readonly #state = h('p', { class: 'tune-state', 'data-testid': 'tune-state' });
  readonly #twin = h('p', { class: 'unseen', 'aria-live': 'polite', 'data-testid': 'tuner-text' });
  readonly #rest = h('span', { class: 'aside', 'data-testid': 'strobe-note' });
  readonly #scale = makeCentsScale();
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #clock = new StrobeClock();
  #count = 0;
  #setup: Setup | null = null;
  #reading: Reading | null = null;
  #toldMs = 0;

  constructor(page: Page, feed: AnalysisFeed) {
    super(page);
    this.#feed = feed;
  }

  protected mount(signal: AbortSignal): void {
    const theme = new Theme(signal);
    const rest = (): void => painter.draw(null, theme.palette);
    const label = 'Strobe: it stands still when the note is in tune';
    const canvas = new PixelCanvas('strobe', label, rest, signal);
    const painter = new StrobePainter(canvas);
    fillCard(
      this,
      'Tuner',
      this.#rest,
      this.#makeFigures(),
      this.#scale.element,
      h('div', { class: 'strobe' }, canvas.element),
      this.#twin,
    );
    this.page.frames.add((frame) => {
      this.#take(frame.nowMs);
      this.#drawStrobe(painter, theme.palette, frame.nowMs);
      if (frame.text) this.#show(frame);
    }, signal);
  }

  #makeFigures(): HTMLElement {
    const unit = (text: string): HTMLElement => h('small', {}, text);
    return h(
      'div',
      { class: 'tuner-figures' },
      this.#note,
      h(
        'div',
        { class: 'tuner-cents' },
        h('p', { class: 'value' }, this.#cents.element, unit('cent'), ' ', this.#error),
        h('p', { class: 'under' }, this.#hz.element, unit('Hz')),
      ),
      this.#state,
    );
  }

  // A reading holds until the next window, or another tuning.
  #take(nowMs: number): void {
    const { current, count, reader } = this.#feed;
    const { setup } = this.page.store.state;
    if (current === null || (count === this.#count && setup === this.#setup)) return;
    if (count !== this.#count) this.#clock.see(current.centreFrame / reader.sampleRate, nowMs);
    this.#count = count;
    this.#setup = setup;
    this.#reading = readPitch(current, tuningOf(setup), setup.stretched);
  }

  #drawStrobe(painter: StrobePainter, palette: Palette, nowMs: number): void {
    const { current, reader } = this.#feed;
    const reading = this.#reading;
    if (current === null || reading === null || this.#calm.matches) {
      painter.draw(null, palette);
      return;
    }
    const centreSec = current.centreFrame / reader.sampleRate;
    const view: StrobeView = {
      partials: current.partials,
      targetHz: reading.targetHz,
      centreSec,
      afterSec: this.#clock.after(centreSec, nowMs),
    };
    painter.draw(view, palette);
  }

  #show({ nowMs }: Frame): void {
    const reading = this.#reading;
    setText(this.#rest, this.#calm.matches ? 'strobe at rest: less motion' : '');
    setText(this.#note, reading === null ? noFigure : noteName(reading.note));
    this.#cents.set(reading?.cents ?? null, formatCents);
    setText(this.#error, reading === null ? '' : formatError(reading.errorCents));
    this.#hz.set(reading?.pitchHz ?? null, formatHz);
    this.#scale.show(reading?.cents ?? null);
    const { text, tone } = tuneState(reading);
    setText(this.#state, text);
    setAttributes(this.#state, { 'data-tone': tone });
    if (nowMs - this.#toldMs < twinIntervalMs) return;
    this.#toldMs = nowMs;
    setText(this.#twin, readingInWords(reading));
  }
}

function tuneState(reading: Reading | null): { text: string; tone: string | undefined } {
  if (reading === null) return { text: 'No pitch: play a note', tone: undefined };
  if (Math.abs(reading.cents) <= inTuneCents) return { text: '● In tune', tone: 'good' };
  return { text: reading.cents < 0 ? '▲ Flat: tune up' : '▼ Sharp: tune down', tone: 'warn' };
}

function readingInWords(reading: Reading | null): string {
  if (reading === null) return 'No pitch.';
  const cents = `${formatFixed(Math.abs(reading.cents), 1)} cents`;
  const side = reading.cents < 0 ? 'flat' : 'sharp';
  const state = Math.abs(reading.cents) <= inTuneCents ? 'in tune' : `${cents} ${side}`;
  return `${noteName(reading.note)}, ${state}.`;
}
