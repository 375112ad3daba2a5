import { frameSamples, voiceRateHz } from '../../lib/index.ts';
import { blocksPerFrame, type VoiceTrack } from '../model/voice-track.ts';
import { niceStep, ticks } from './axis.ts';
import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';

const labelPx = 11;
const axisPx = 20;
const tickPx = 84;
const stripShare = 0.38;
const gapPx = 10;
const shadeAlpha = 0.16;

/** What is shown of a track. */
export interface VoiceScene {
  readonly track: VoiceTrack;
  readonly spanSec: number;
  /** Frames of at least this probability count as speech. */
  readonly threshold: number;
}

/** A band of the canvas, in device pixels. */
interface Band {
  readonly top: number;
  readonly height: number;
}

/** Draws the voice, and under it the probability of speech with the threshold; stretches are shaded. */
export class VoiceStripPainter {
  readonly #canvas: PixelCanvas;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  /** Leaves the canvas empty. */
  clear(): void {
    this.#canvas.begin();
  }

  /** Draws the newest frames. */
  draw(scene: VoiceScene, palette: Palette): void {
    const pen = this.#canvas.begin();
    const { unit, height } = this.#canvas;
    const room = height - (axisPx + gapPx) * unit;
    const wave = { top: 0, height: room * (1 - stripShare) };
    const strip = { top: wave.height + gapPx * unit, height: room * stripShare };
    this.#drawTimes(pen, palette, scene.spanSec);
    this.#drawStretches(pen, palette, scene, strip.top + strip.height);
    this.#drawWave(pen, palette, scene, wave);
    this.#drawProbability(pen, palette, scene, strip);
    this.#drawThreshold(pen, palette, scene.threshold, strip);
  }

  #x(frame: number, { track, spanSec }: VoiceScene): number {
    const frames = (spanSec * voiceRateHz) / frameSamples;
    return this.#canvas.width * (1 - (track.endFrame - frame) / frames);
  }

  // Whole pixels: neighbours would show a seam.
  #column(frame: number, frames: number, scene: VoiceScene): readonly [number, number] {
    const left = Math.round(this.#x(frame, scene));
    return [left, Math.max(left + 1, Math.round(this.#x(frame + frames, scene)))];
  }

  #firstFrame({ track, spanSec }: VoiceScene): number {
    const frames = Math.ceil((spanSec * voiceRateHz) / frameSamples);
    return Math.max(track.startFrame, track.endFrame - frames);
  }

  #drawTimes(pen: CanvasRenderingContext2D, palette: Palette, spanSec: number): void {
    const { width, height, unit } = this.#canvas;
    const stepSec = Math.max(1, niceStep(spanSec, Math.max(2, width / (tickPx * unit))));
    pen.font = `${labelPx * unit}px ${palette.mono}`;
    for (const sec of ticks(-spanSec, 0, stepSec)) {
      const x = width * (1 + sec / spanSec);
      pen.fillStyle = palette.grid;
      pen.fillRect(Math.round(x), 0, Math.max(1, unit), height - axisPx * unit);
      pen.fillStyle = palette.faint;
      pen.textAlign = sec === 0 ? 'right' : sec <= -spanSec ? 'left' : 'center';
      pen.fillText(sec === 0 ? 'now' : `−${-sec} s`, x, height - 5 * unit);
    }
  }

  #drawStretches(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    scene: VoiceScene,
    bottom: number,
  ): void {
    for (const { startSample, endSample } of scene.track.stretches) {
      const from = this.#x(startSample / frameSamples, scene);
      const to = endSample === null ? this.#canvas.width : this.#x(endSample / frameSamples, scene);
      pen.fillStyle = palette.trace;
      pen.globalAlpha = shadeAlpha;
      pen.fillRect(from, 0, to - from, bottom);
      pen.globalAlpha = 1;
      pen.fillRect(from, 0, to - from, 3 * this.#canvas.unit);
    }
  }

  #drawWave(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    scene: VoiceScene,
    { top, height }: Band,
  ): void {
    const half = height / 2;
    const thin = Math.max(1, this.#canvas.unit);
    pen.fillStyle = palette.trace;
    for (let frame = this.#firstFrame(scene); frame < scene.track.endFrame; frame += 1) {
      for (let block = 0; block < blocksPerFrame; block += 1) {
        const [low, high] = scene.track.range(frame, block);
        const [left, right] = this.#column(
          frame + block / blocksPerFrame,
          1 / blocksPerFrame,
          scene,
        );
        const from = top + half * (1 - Math.min(1, high));
        const tall = Math.max(thin, half * (Math.min(1, high) - Math.max(-1, low)));
        pen.fillRect(left, from, right - left, tall);
      }
    }
  }

  #drawProbability(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    scene: VoiceScene,
    { top, height }: Band,
  ): void {
    pen.fillStyle = palette.trace2;
    for (let frame = this.#firstFrame(scene); frame < scene.track.endFrame; frame += 1) {
      const probability = scene.track.probability(frame);
      if (probability === null) continue;
      const tall = Math.max(this.#canvas.unit, height * probability);
      const [left, right] = this.#column(frame, 1, scene);
      pen.fillRect(left, top + height - tall, right - left, tall);
    }
  }

  #drawThreshold(
    pen: CanvasRenderingContext2D,
    palette: Palette,
    threshold: number,
    { top, height }: Band,
  ): void {
    const { unit, width } = this.#canvas;
    const y = top + height * (1 - threshold);
    pen.strokeStyle = palette.text;
    pen.lineWidth = Math.max(1, unit);
    pen.setLineDash([4 * unit, 4 * unit]);
    pen.beginPath();
    pen.moveTo(0, y);
    pen.lineTo(width, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = palette.text;
    pen.textAlign = 'left';
    pen.fillText(`threshold ${threshold}`, 4 * unit, y - 4 * unit);
  }
}
