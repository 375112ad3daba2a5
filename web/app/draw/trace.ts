import { type Envelope, layColumns, makeEnvelope, measureColumns } from './envelope.ts';
import type { Stretch } from './stretch.ts';

/** Where a trace is drawn, in device pixels. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly lineWidth: number;
  /** Amplitude at the upper edge. */
  readonly fullScale: number;
}

/** Draws one channel: a curve where frames are wide apart, an envelope where many share a column. */
export class Trace {
  /** The newest frames of the channel; the scope writes into it. */
  readonly samples: Float32Array;
  #envelope: Envelope = makeEnvelope(0);

  /** @param frames That the scope hands out at once. */
  constructor(frames: number) {
    this.samples = new Float32Array(frames);
  }

  /** @param endFrame Frame of the stream after the last sample. */
  draw(
    pen: CanvasRenderingContext2D,
    color: string,
    endFrame: number,
    stretch: Stretch,
    plot: Plot,
  ): void {
    pen.strokeStyle = color;
    pen.fillStyle = color;
    pen.lineWidth = plot.lineWidth;
    pen.lineJoin = 'round';
    pen.beginPath();
    const firstFrame = endFrame - this.samples.length;
    if (stretch.frames < plot.width) this.#drawCurve(pen, firstFrame, stretch, plot);
    else this.#drawEnvelope(pen, firstFrame, stretch, plot);
  }

  #drawCurve(
    pen: CanvasRenderingContext2D,
    firstFrame: number,
    { startFrame, frames }: Stretch,
    plot: Plot,
  ): void {
    const start = startFrame - firstFrame;
    const from = Math.max(0, Math.floor(start));
    const to = Math.min(this.samples.length - 1, Math.ceil(start + frames));
    for (let index = from; index <= to; index += 1) {
      const x = ((index - start) / frames) * plot.width;
      pen.lineTo(x, yOf(this.samples[index] ?? 0, plot));
    }
    pen.stroke();
  }

  #drawEnvelope(
    pen: CanvasRenderingContext2D,
    firstFrame: number,
    { startFrame, frames, triggered }: Stretch,
    plot: Plot,
  ): void {
    const { width } = plot;
    const framesPerColumn = frames / width;
    const grid = triggered
      ? { startFrame, framesPerColumn }
      : layColumns(startFrame + frames, width, framesPerColumn);
    if (this.#envelope.low.length !== width) this.#envelope = makeEnvelope(width);
    measureColumns(this.samples, firstFrame, grid, this.#envelope);
    this.#outline(pen, plot);
    pen.fill();
    pen.stroke();
  }

  // There along the highest samples, back along the lowest.
  #outline(pen: CanvasRenderingContext2D, plot: Plot): void {
    const { low, high } = this.#envelope;
    for (let x = 0; x < high.length; x += 1) pen.lineTo(x + 0.5, yOf(high[x] ?? 0, plot));
    for (let x = low.length - 1; x >= 0; x -= 1) pen.lineTo(x + 0.5, yOf(low[x] ?? 0, plot));
    pen.closePath();
  }
}

function yOf(sample: number, { height, lineWidth, fullScale }: Plot): number {
  const clipped = Math.min(1, Math.max(-1, sample / fullScale));
  return height / 2 - clipped * (height / 2 - lineWidth);
}
