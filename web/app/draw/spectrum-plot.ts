/** The room of the spectrum and of the waterfall under it: both have the same frequency axis. */
import type { FrequencyAxis } from './frequency-axis.ts';
import type { Palette } from './palette.ts';

/** A pen of the page or of a Worker. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A canvas' size in device pixels, and device pixels per pixel of the design. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
}

/** Where the curve goes, in device pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly unit: number;
}

/** Size of the labels, in pixels of the design. */
export const labelPx = 11;

const gutterPx = 38;
const rightPx = 14;
const topPx = 8;
const footPx = 20;
const labelGapPx = 6;
const markPx = 44;

/** The room that the labels leave: levels or times at the left, frequencies below. */
export function plotArea({ width, height, unit }: CanvasSize): PlotArea {
  const left = Math.round(gutterPx * unit);
  const top = Math.round(topPx * unit);
  return {
    left,
    top,
    width: Math.max(1, width - left - Math.round(rightPx * unit)),
    height: Math.max(1, height - top - Math.round(footPx * unit)),
    unit,
  };
}

/** Draws the frequencies below, and their lines where asked for. */
export function drawFrequencies(
  pen: Pen,
  area: PlotArea,
  axis: FrequencyAxis,
  palette: Palette,
  lines: boolean,
): void {
  const { left, top, width, height, unit } = area;
  const foot = top + height;
  setLabelFont(pen, palette, unit);
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  for (const { hz, label } of axis.marks(width / (markPx * unit))) {
    const x = left + axis.position(hz) * width;
    if (lines) drawLine(pen, label === '' ? palette.grid : palette.line, unit, [x, top, x, foot]);
    pen.fillStyle = palette.faint;
    if (label !== '') pen.fillText(label, x, foot + (footPx - labelGapPx) * unit);
  }
}

/** Draws a label in the left gutter, level with a line of the plot. */
export function drawGutterLabel(pen: Pen, { left, unit }: PlotArea, text: string, y: number): void {
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.fillText(text, left - labelGapPx * unit, y);
}

/** Sets the type and the colour of labels. */
export function setLabelFont(pen: Pen, palette: Palette, unit: number): void {
  pen.font = `${labelPx * unit}px ${palette.mono}`;
  pen.fillStyle = palette.faint;
}

/** Draws a line of whole pixels, which is sharp when its middle is. */
export function drawLine(
  pen: Pen,
  color: string,
  unit: number,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
): void {
  const width = Math.max(1, Math.round(unit));
  const shift = (width % 2) / 2;
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(Math.round(fromX) + shift, Math.round(fromY) + shift);
  pen.lineTo(Math.round(toX) + shift, Math.round(toY) + shift);
  pen.stroke();
}
