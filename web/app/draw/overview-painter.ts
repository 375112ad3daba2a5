import { formatElapsed } from '../format.ts';
import type { RunningRecording, WaveOverview } from '../model/record-desk.ts';
import { niceStep, ticks } from './axis.ts';
import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';
import { asItIs, rangeOf, shownSpanSec } from './take-columns.ts';

const labelPx = 11;
const axisPx = 20;
const tickPx = 84;
const gapAlpha = 0.3;
const leastGapPx = 2;

/** What is shown of a recording. */
export interface OverviewScene {
  readonly overview: WaveOverview;
  readonly recording: RunningRecording;
}

/** Draws a recording as it grows: its waveform, where it was started, and what was lost. */
export class OverviewPainter {
  readonly #canvas: PixelCanvas;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  /** Draws the scene; without one, an empty stretch of time. */
  draw(scene: OverviewScene | null, palette: Palette): void {
    const pen = this.#canvas.begin();
    const seconds = scene === null ? 0 : scene.recording.frames / scene.recording.sampleRateHz;
    const spanSec = shownSpanSec(seconds);
    this.#drawTimes(pen, palette, spanSec);
    if (scene === null) return;
    const spanFrames = spanSec * scene.recording.sampleRateHz;
    this.#drawWave(pen, palette, scene, spanFrames);
    this.#drawGaps(pen, palette.warn, scene.recording, spanFrames);
    this.#drawStart(pen, palette, scene.recording, spanFrames);
  }

  get #plotHeight(): number {
    return this.#canvas.height - axisPx * this.#canvas.unit;
  }

  #drawTimes(pen: CanvasRenderingContext2D, palette: Palette, spanSec: number): void {
    const { width, height, unit } = this.#canvas;
    const thin = Math.max(1, Math.round(unit));
    pen.font = `${labelPx * unit}px ${palette.mono}`;
    for (const sec of ticks(0, spanSec, timeStepSec(spanSec, width / (tickPx * unit)))) {
      const x = Math.round((width * sec) / spanSec);
      pen.fillStyle = palette.grid;
      pen.fillRect(Math.min(x, width - thin), 0, thin, this.#plotHeight);
      pen.fillStyle = palette.faint;
      pen.textAlign = sec === 0 ? 'left' : sec >= spanSec ? 'right' : 'center';
      pen.fillText(formatElapsed(sec), x, height - 5 * unit);
    }
    pen.fillStyle = palette.line;
    pen.fillRect(0, Math.round(this.#plotHeight / 2), width, thin);
  }

  #drawWave(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    { overview, recording }: OverviewScene,
    spanFrames: number,
  ): void {
    const { width, unit } = this.#canvas;
    const columns = asItIs(overview);
    const half = this.#plotHeight / 2;
    const perPixel = spanFrames / width;
    const thin = Math.max(1, Math.round(unit));
    const end = Math.min(width, Math.ceil(recording.frames / perPixel));
    pen.fillStyle = palette.trace;
    for (let x = 0; x < end; x += 1) {
      const range = rangeOf(columns, x * perPixel, (x + 1) * perPixel);
      if (range === null) continue;
      const top = half * (1 - Math.min(1, range[1]));
      const bottom = half * (1 - Math.max(-1, range[0]));
      pen.fillRect(x, top, 1, Math.max(thin, bottom - top));
    }
  }

  #drawGaps(
    pen: CanvasRenderingContext2D,
    color: string,
    { dropouts }: RunningRecording,
    spanFrames: number,
  ): void {
    const { width, unit } = this.#canvas;
    pen.fillStyle = color;
    for (const { atFrame, frames } of dropouts) {
      const x = (width * atFrame) / spanFrames;
      const wide = Math.max(leastGapPx * unit, (width * frames) / spanFrames);
      pen.globalAlpha = gapAlpha;
      pen.fillRect(x, 0, wide, this.#plotHeight);
      pen.globalAlpha = 1;
      pen.fillRect(x, 0, wide, 3 * unit);
    }
  }

  // What lies left of it was there before the button was pressed.
  #drawStart(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    { preRollFrames }: RunningRecording,
    spanFrames: number,
  ): void {
    if (preRollFrames === 0) return;
    const { width, unit } = this.#canvas;
    const x = Math.round((width * preRollFrames) / spanFrames);
    pen.fillStyle = palette.dim;
    pen.fillRect(x, 0, Math.max(1, Math.round(unit)), this.#plotHeight);
    pen.textAlign = 'left';
    pen.fillText('pressed', x + 5 * unit, (labelPx + 2) * unit);
  }
}

const secondsPerMinute = 60;

// Seconds go by tens and fives, minutes and hours by sixties.
function timeStepSec(spanSec: number, most: number): number {
  const parts = Math.max(2, most);
  if (spanSec <= 2 * secondsPerMinute) return Math.max(1, niceStep(spanSec, parts));
  return Math.max(1, niceStep(spanSec / secondsPerMinute, parts)) * secondsPerMinute;
}
