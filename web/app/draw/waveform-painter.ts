import type { Session } from '../../lib/index.ts';
import { Grid } from './grid.ts';
import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';
import { chooseStretch, type Stretch } from './stretch.ts';
import { type Plot, Trace } from './trace.ts';

/** What of the signal is shown. */
export interface WaveformView {
  /** Infinity: as long as the scope allows. */
  readonly spanMs: number;
  /** Amplitude at the upper edge. */
  readonly fullScale: number;
}

const tracePx = 1.4;

/** Draws the scope's newest frames on a grid. */
export class WaveformPainter {
  readonly #canvas: PixelCanvas;
  readonly #grid: Grid;
  #left = new Trace(0);
  #right = new Trace(0);

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
    this.#grid = new Grid(canvas);
  }

  /** Leaves the canvas empty. */
  clear(): void {
    this.#canvas.begin();
  }

  /** Draws the newest frames; the right channel lies under the left one. */
  draw({ scope, sampleRate }: Session, view: WaveformView, palette: Palette): void {
    this.#fit(scope.capacityFrames / 2);
    const pen = this.#canvas.begin();
    const leftEnd = scope.latest(0, this.#left.samples);
    const stretch = chooseStretch(this.#left.samples, leftEnd, sampleRate, view.spanMs);
    const plot = this.#plotFor(view);
    this.#drawGrid(pen, palette, stretch, sampleRate);
    if (scope.channelCount > 1) {
      const rightEnd = scope.latest(1, this.#right.samples);
      this.#right.draw(pen, palette.trace2, rightEnd, stretch, plot);
    }
    this.#left.draw(pen, palette.trace, leftEnd, stretch, plot);
  }

  // The scope hands out half of what it holds, so that nothing is overwritten under the reader.
  #fit(frames: number): void {
    if (this.#left.samples.length === frames) return;
    this.#left = new Trace(frames);
    this.#right = new Trace(frames);
  }

  #plotFor({ fullScale }: WaveformView): Plot {
    const { width, unit } = this.#canvas;
    return { width, height: this.#grid.plotHeight, lineWidth: tracePx * unit, fullScale };
  }

  #drawGrid(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    { frames, triggered }: Stretch,
    sampleRateHz: number,
  ): void {
    const spanMs = (frames / sampleRateHz) * 1000;
    this.#grid.drawRows(pen, palette);
    this.#grid.drawTimes(pen, palette, triggered ? 0 : -spanMs, spanMs);
  }
}
