import type { Analysis, AnalysisReader } from '../../lib/index.ts';
import { AnalysisFeed } from '../draw/analysis-feed.ts';
import { niceStep, ticks } from '../draw/axis.ts';
import { FrequencyAxis } from '../draw/frequency-axis.ts';
import { SpectrumColumns } from '../draw/spectrum-columns.ts';
import {
  drawFrequencies,
  drawGutterLabel,
  type PlotArea,
  plotArea,
  setLabelFont,
} from '../draw/spectrum-plot.ts';
import { formatFixed } from '../format.ts';
import type { Scene } from './order.ts';
import { RowRing } from './row-ring.ts';

// Time that the picture holds: long enough for a phrase.
const spanSec = 8;
// For people who asked for less motion.
const calmIntervalMs = 500;
const timePx = 40;

/** Draws the spectrogram: the newest spectrum on top, older ones below. */
export class Waterfall {
  readonly #canvas: OffscreenCanvas;
  readonly #pen: OffscreenCanvasRenderingContext2D;
  readonly #feed: AnalysisFeed;
  readonly #rowCount: Int32Array;
  #scene: Scene;
  #axis: FrequencyAxis;
  #area: PlotArea;
  #rows: RowRing;
  #columns: SpectrumColumns | null = null;
  /** The row on the audio clock that was drawn last; null before the first. */
  #last: number | null = null;
  #arrivedMs = 0;
  #drawnMs = -Infinity;

  constructor(canvas: OffscreenCanvas, reader: AnalysisReader, rowCount: Int32Array, scene: Scene) {
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('The browser gave no 2D context for a canvas.');
    this.#canvas = canvas;
    this.#pen = pen;
    this.#feed = new AnalysisFeed(reader);
    this.#rowCount = rowCount;
    this.#scene = scene;
    this.#axis = new FrequencyAxis(scene.scale, reader.sampleRate);
    this.#area = plotArea(scene);
    this.#rows = new RowRing(this.#area.width, this.#area.height);
    this.#begin(scene);
  }

  /** Changes how it looks; another size, axis or weighting begins a new picture. */
  set scene(scene: Scene) {
    const { width, height, unit, scale, weighted } = this.#scene;
    const same =
      [width, height, unit].join() === [scene.width, scene.height, scene.unit].join() &&
      scale === scene.scale &&
      weighted === scene.weighted;
    this.#scene = scene;
    if (same) this.#rows.recolour(scene.dark, scene.floorDb);
    else this.#begin(scene);
    this.#drawnMs = -Infinity;
  }

  /** Takes what is new and draws a frame. */
  draw(nowMs: number): void {
    if (this.#feed.poll() && this.#feed.current !== null) {
      this.#take(this.#feed.current);
      this.#arrivedMs = nowMs;
    }
    if (this.#scene.calm && nowMs - this.#drawnMs < calmIntervalMs) return;
    this.#drawnMs = nowMs;
    this.#present(nowMs);
  }

  #begin(scene: Scene): void {
    this.#canvas.width = scene.width;
    this.#canvas.height = scene.height;
    this.#axis = new FrequencyAxis(scene.scale, this.#feed.reader.sampleRate);
    this.#area = plotArea(scene);
    this.#rows = new RowRing(this.#area.width, this.#area.height);
    this.#rows.recolour(scene.dark, scene.floorDb);
    this.#columns = null;
    this.#last = null;
  }

  get #rowsPerSec(): number {
    return this.#area.height / spanSec;
  }

  // Rows lie on the audio clock. A window stands for its own time; where more was missed, there is
  // nothing.
  #take(analysis: Analysis): void {
    const { sampleRate } = this.#feed.reader;
    const { centreFrame, hopFrames, windowFrames } = analysis;
    const levelsDb = this.#measure(analysis);
    const row = Math.floor((centreFrame / sampleRate) * this.#rowsPerSec);
    const ownFrames = Math.max(hopFrames, windowFrames / 2);
    const ownRows = Math.ceil((ownFrames / sampleRate) * this.#rowsPerSec);
    const fresh = this.#last === null ? 1 : Math.min(this.#area.height, row - this.#last);
    this.#last = row;
    if (fresh <= 0) this.#rows.replace(levelsDb);
    for (let left = fresh; left > 0; left -= 1) {
      this.#rows.push(left > ownRows ? undefined : levelsDb);
    }
    Atomics.add(this.#rowCount, 0, Math.max(0, fresh));
  }

  #measure({ levelsDb }: Analysis): Float32Array {
    const plan = {
      axis: this.#axis,
      columns: this.#area.width,
      sampleRate: this.#feed.reader.sampleRate,
      bins: levelsDb.length,
      weighted: this.#scene.weighted,
    };
    if (this.#columns?.fits(plan) !== true) this.#columns = new SpectrumColumns(plan);
    return this.#columns.measure(levelsDb);
  }

  #present(nowMs: number): void {
    const { left, top, width, height } = this.#area;
    const pen = this.#pen;
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
    this.#rows.draw(pen, left, top, this.#glide(nowMs));
    pen.restore();
    this.#drawTimes();
    drawFrequencies(pen, this.#area, this.#axis, this.#scene.palette, false);
  }

  // Between two windows the picture moves on by itself, so that it runs smoothly.
  #glide(nowMs: number): number {
    const hopFrames = this.#feed.current?.hopFrames ?? 0;
    const hopRows = (hopFrames / this.#feed.reader.sampleRate) * this.#rowsPerSec;
    const rows = ((nowMs - this.#arrivedMs) / 1000) * this.#rowsPerSec;
    return this.#scene.calm ? 0 : Math.floor(Math.min(hopRows, rows));
  }

  #drawTimes(): void {
    const { top, height, unit } = this.#area;
    setLabelFont(this.#pen, this.#scene.palette, unit);
    const step = niceStep(spanSec, Math.max(2, height / (timePx * unit)));
    for (const sec of ticks(0, spanSec, step)) {
      const text = sec === 0 ? 'now' : `${formatFixed(-sec, step < 1 ? 1 : 0)} s`;
      drawGutterLabel(this.#pen, this.#area, text, top + (sec / spanSec) * height);
    }
  }
}
