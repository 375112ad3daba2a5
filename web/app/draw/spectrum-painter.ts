import type { Analysis } from '../../lib/index.ts';
import { formatFixed } from '../format.ts';
import { niceStep, ticks } from './axis.ts';
import type { FrequencyAxis } from './frequency-axis.ts';
import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';
import { SpectrumColumns } from './spectrum-columns.ts';
import {
  drawFrequencies,
  drawGutterLabel,
  drawLine,
  type PlotArea,
  plotArea,
  setLabelFont,
} from './spectrum-plot.ts';

/** How the spectrum is shown. */
export interface SpectrumLook {
  readonly axis: FrequencyAxis;
  readonly floorDb: number;
  readonly weighted: boolean;
}

/** What is drawn over the curve. */
export interface CursorMark {
  readonly hz: number;
  readonly levelDb: number;
}

const tracePx = 1.4;
const holdPx = 1;
const fillAlpha = 0.14;
const cursorPx = 3.5;
const rowPx = 28;

/** Draws a spectrum on its grid. */
export class SpectrumPainter {
  readonly #canvas: PixelCanvas;
  #columns: SpectrumColumns | null = null;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  /** The room of the curve. */
  get area(): PlotArea {
    return plotArea(this.#canvas);
  }

  /**
   * Draws everything.
   *
   * @param heldDb Levels that are held, empty for none.
   */
  draw(
    look: SpectrumLook,
    palette: Palette,
    sampleRate: number,
    analysis: Analysis | null,
    heldDb: Float32Array,
    cursor: CursorMark | null,
  ): void {
    const pen = this.#canvas.begin();
    const { area } = this;
    drawLevels(pen, area, look.floorDb, palette);
    drawFrequencies(pen, area, look.axis, palette, true);
    if (analysis === null) return;
    const { length } = analysis.levelsDb;
    const columns = this.#columnsFor(look, area.width, sampleRate, length);
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top, area.width, area.height);
    pen.clip();
    pen.lineJoin = 'round';
    if (heldDb.length === length) drawHeld(pen, area, look, palette, columns.measure(heldDb));
    drawTrace(pen, area, look, palette, columns.measure(analysis.levelsDb));
    pen.restore();
    if (cursor !== null) drawCursor(pen, area, look, palette, cursor);
  }

  #columnsFor(
    { axis, weighted }: SpectrumLook,
    columns: number,
    sampleRate: number,
    bins: number,
  ): SpectrumColumns {
    const plan = { axis, columns, sampleRate, bins, weighted };
    if (this.#columns?.fits(plan) !== true) this.#columns = new SpectrumColumns(plan);
    return this.#columns;
  }
}

function yOf(levelDb: number, { top, height }: PlotArea, { floorDb }: SpectrumLook): number {
  // A level far below the floor would be a stroke of a length that browsers do not draw.
  return top + Math.min(1.1, Math.max(-0.1, levelDb / floorDb)) * height;
}

function drawLevels(
  pen: CanvasRenderingContext2D,
  area: PlotArea,
  floorDb: number,
  palette: Palette,
): void {
  const { left, top, width, height, unit } = area;
  setLabelFont(pen, palette, unit);
  const step = niceStep(-floorDb, height / (rowPx * unit));
  for (const levelDb of ticks(floorDb, 0, step)) {
    const y = top + (levelDb / floorDb) * height;
    drawLine(pen, palette.grid, unit, [left, y, left + width, y]);
    drawGutterLabel(pen, area, formatFixed(levelDb, 0), y);
  }
}

function trace(
  pen: CanvasRenderingContext2D,
  area: PlotArea,
  look: SpectrumLook,
  levelsDb: Float32Array,
): void {
  pen.beginPath();
  for (let column = 0; column < levelsDb.length; column += 1) {
    pen.lineTo(area.left + column + 0.5, yOf(levelsDb[column] ?? -Infinity, area, look));
  }
}

function drawTrace(
  pen: CanvasRenderingContext2D,
  area: PlotArea,
  look: SpectrumLook,
  palette: Palette,
  levelsDb: Float32Array,
): void {
  trace(pen, area, look, levelsDb);
  pen.strokeStyle = palette.trace;
  pen.lineWidth = tracePx * area.unit;
  pen.stroke();
  const foot = area.top + area.height * 1.1;
  pen.lineTo(area.left + area.width, foot);
  pen.lineTo(area.left, foot);
  pen.globalAlpha = fillAlpha;
  pen.fillStyle = palette.trace;
  pen.fill();
  pen.globalAlpha = 1;
}

function drawHeld(
  pen: CanvasRenderingContext2D,
  area: PlotArea,
  look: SpectrumLook,
  palette: Palette,
  levelsDb: Float32Array,
): void {
  trace(pen, area, look, levelsDb);
  pen.strokeStyle = palette.trace2;
  pen.lineWidth = holdPx * area.unit;
  pen.stroke();
}

function drawCursor(
  pen: CanvasRenderingContext2D,
  area: PlotArea,
  look: SpectrumLook,
  palette: Palette,
  { hz, levelDb }: CursorMark,
): void {
  const { left, top, width, height, unit } = area;
  const position = look.axis.position(hz);
  if (!(position >= 0 && position <= 1)) return;
  const x = left + position * width;
  drawLine(pen, palette.dim, unit, [x, top, x, top + height]);
  pen.fillStyle = palette.text;
  pen.beginPath();
  pen.arc(x, yOf(levelDb, area, look), cursorPx * unit, 0, 2 * Math.PI);
  pen.fill();
}
