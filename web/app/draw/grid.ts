import { formatFixed } from '../format.ts';
import { niceStep, ticks } from './axis.ts';
import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';

const labelPx = 11;
const labelHeightPx = 20;
const labelGapPx = 5;
const tickPx = 84;
const rows = 4;

/** The waveform's faint lines: quarters of the amplitude, and round times. */
export class Grid {
  readonly #canvas: PixelCanvas;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  /** Height above the time labels, in device pixels. */
  get plotHeight(): number {
    return this.#canvas.height - labelHeightPx * this.#canvas.unit;
  }

  /** Draws the lines of amplitude; the middle one is silence. */
  drawRows(pen: CanvasRenderingContext2D, palette: Palette): void {
    for (let row = 1; row < rows; row += 1) {
      const y = this.#snap((this.plotHeight * row) / rows);
      const color = row * 2 === rows ? palette.line : palette.grid;
      this.#line(pen, color, [0, y], [this.#canvas.width, y]);
    }
  }

  /** Draws the lines of time with their labels. */
  drawTimes(pen: CanvasRenderingContext2D, palette: Palette, fromMs: number, spanMs: number): void {
    const { unit, width } = this.#canvas;
    const stepMs = niceStep(spanMs, Math.max(2, width / (tickPx * unit)));
    pen.font = `${labelPx * unit}px ${palette.mono}`;
    for (const ms of ticks(fromMs, fromMs + spanMs, stepMs)) {
      const x = ((ms - fromMs) / spanMs) * width;
      const snapped = this.#snap(x);
      this.#line(pen, palette.grid, [snapped, 0], [snapped, this.plotHeight]);
      this.#label(pen, palette, x, formatFixed(ms, stepMs < 1 ? 1 : 0));
    }
  }

  #label(pen: CanvasRenderingContext2D, palette: Palette, x: number, text: string): void {
    const { unit, width, height } = this.#canvas;
    const label = x > width - 1 || text === '0' ? `${text} ms` : text;
    const half = pen.measureText(label).width / 2;
    pen.fillStyle = palette.faint;
    pen.textAlign = 'center';
    pen.fillText(label, Math.min(width - half, Math.max(half, x)), height - labelGapPx * unit);
  }

  #line(
    pen: CanvasRenderingContext2D,
    color: string,
    [fromX, fromY]: readonly [number, number],
    [toX, toY]: readonly [number, number],
  ): void {
    pen.strokeStyle = color;
    pen.lineWidth = this.#lineWidth;
    pen.beginPath();
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
    pen.stroke();
  }

  // A line of whole pixels is sharp when its middle is.
  #snap(position: number): number {
    return Math.round(position) + (this.#lineWidth % 2) / 2;
  }

  get #lineWidth(): number {
    return Math.max(1, Math.round(this.#canvas.unit));
  }
}
