import { analysisBins } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import { type AxisScale, FrequencyAxis } from '../draw/frequency-axis.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { Theme } from '../draw/palette.ts';
import { PeakBins } from '../draw/peak-bins.ts';
import { PixelCanvas } from '../draw/pixel-canvas.ts';
import { SpectrumPainter } from '../draw/spectrum-painter.ts';
import {
  type CursorContext,
  type CursorReading,
  SpectrumCursor,
} from '../model/spectrum-cursor.ts';
import { CursorReadout, readingInWords } from './cursor-readout.ts';
import { followKeys, followPointer } from './cursor-moves.ts';
import { type Page, View } from './view.ts';

const twinIntervalMs = 4000;
// A partial this near to the cursor is what the person means.
const reachPx = 6;
const noLevels = new Float32Array(0);

/** The spectrum with its cursor. */
export class SpectrumPanel extends View {
  readonly #feed: AnalysisFeed;
  readonly #cursor = new SpectrumCursor();
  readonly #peaks = new PeakBins(analysisBins);
  readonly #readout = new CursorReadout();
  readonly #twin = h('p', {
    class: 'unseen',
    'aria-live': 'polite',
    'data-testid': 'spectrum-text',
  });
  #axis: FrequencyAxis;
  #drawnCount = -1;
  #heldCount = 0;
  #toldMs = 0;

  constructor(page: Page, feed: AnalysisFeed) {
    super(page);
    this.#feed = feed;
    this.#axis = new FrequencyAxis('log', feed.reader.sampleRate);
  }

  protected mount(signal: AbortSignal): void {
    const theme = new Theme(signal);
    const redraw = (): void => {
      this.#drawnCount = -1;
      this.#draw(painter, theme);
    };
    const canvas = new PixelCanvas('spectrum', 'Cursor in the spectrum', redraw, signal);
    const painter = new SpectrumPainter(canvas);
    this.#makeSlider(canvas, painter, redraw, signal);
    fillCard(
      this,
      'Spectrum',
      this.#readout.element,
      h('div', { class: 'plot' }, canvas.element),
      this.#twin,
    );
    this.page.store.watch(({ setup }) => {
      this.#layOut(setup.frequencyScale);
      if (!setup.peakHold) this.#peaks.reset();
      redraw();
    }, signal);
    this.page.frames.add((frame) => {
      this.#hold();
      this.#draw(painter, theme);
      this.#tell(frame, canvas.element, painter);
    }, signal);
  }

  // The cursor stays at its frequency.
  #layOut(scale: AxisScale): void {
    if (scale === this.#axis.scale) return;
    const { position } = this.#cursor;
    const hz = position === null ? null : this.#axis.hz(position);
    this.#axis = new FrequencyAxis(scale, this.#feed.reader.sampleRate);
    this.#cursor.pin(hz === null ? null : this.#axis.position(hz));
  }

  // The canvas is a slider for people who do not see it: it has a place, and a value in words.
  #makeSlider(
    canvas: PixelCanvas,
    painter: SpectrumPainter,
    redraw: () => void,
    signal: AbortSignal,
  ): void {
    const { element } = canvas;
    setAttributes(element, { role: 'slider', tabindex: 0, 'aria-valuemin': 0 });
    const moved = (): void => {
      redraw();
      this.#show(element, painter);
    };
    const axis = {
      cursor: this.#cursor,
      positionAt: (x: number): number => {
        const { left, width } = painter.area;
        return (x * devicePixelRatio - left) / width;
      },
      start: (): number => this.#axis.position(this.#read(painter)?.hz ?? this.#axis.minHz),
      step: (): number => devicePixelRatio / painter.area.width,
      jump: (direction: 1 | -1): void => {
        const context = this.#context;
        if (context !== null) this.#cursor.jump(direction, this.#axis, context);
      },
      moved,
    };
    followPointer(element, axis, signal);
    followKeys(element, axis, signal);
  }

  #hold(): void {
    const { current, count } = this.#feed;
    if (current === null || count === this.#heldCount || !this.page.store.state.setup.peakHold) {
      return;
    }
    this.#heldCount = count;
    this.#peaks.update(current);
  }

  #draw(painter: SpectrumPainter, theme: Theme): void {
    const { current, count, reader } = this.#feed;
    if (count === this.#drawnCount) return;
    this.#drawnCount = count;
    const { spectrumRangeDb, aWeighted, peakHold } = this.page.store.state.setup;
    const look = { axis: this.#axis, floorDb: -spectrumRangeDb, weighted: aWeighted };
    const held = peakHold ? this.#peaks.levelsDb : noLevels;
    const cursor = this.#cursor.position === null ? null : this.#read(painter);
    painter.draw(look, theme.palette, reader.sampleRate, current, held, cursor);
  }

  #read({ area }: SpectrumPainter): CursorReading | null {
    const context = this.#context;
    if (context === null) return null;
    return this.#cursor.read(this.#axis, (reachPx * area.unit) / area.width, context);
  }

  get #context(): CursorContext | null {
    const { current: analysis, reader } = this.#feed;
    const { aWeighted: weighted, spectrumRangeDb } = this.page.store.state.setup;
    const { sampleRate } = reader;
    return analysis && { analysis, sampleRate, weighted, floorDb: -spectrumRangeDb };
  }

  #show(slider: HTMLElement, painter: SpectrumPainter): CursorReading | null {
    const { setup } = this.page.store.state;
    const reading = this.#read(painter);
    this.#readout.show(reading, this.#cursor.position !== null, setup);
    setAttributes(slider, {
      'aria-valuemax': Math.round(this.#axis.maxHz),
      'aria-valuenow': Math.round(reading?.hz ?? 0),
      'aria-valuetext': readingInWords(reading, setup),
    });
    return reading;
  }

  #tell({ nowMs, text }: Frame, slider: HTMLElement, painter: SpectrumPainter): void {
    if (!text) return;
    const reading = this.#show(slider, painter);
    if (nowMs - this.#toldMs < twinIntervalMs) return;
    this.#toldMs = nowMs;
    setText(this.#twin, readingInWords(reading, this.page.store.state.setup));
  }
}
