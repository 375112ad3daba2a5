import type { Palette } from './palette.ts';
import type { PixelCanvas } from './pixel-canvas.ts';
import { strobeContrast, type StrobePartial, strobeShift } from './strobe.ts';

/** A moment of a steady tone, and the pitch that the strobe turns with. */
export interface StrobeView {
  readonly partials: readonly StrobePartial[];
  readonly targetHz: number;
  /** The window's centre on the audio clock. */
  readonly centreSec: number;
  readonly afterSec: number;
}

/** Bands of a strobe: the first harmonics. */
export const strobeBands = 4;

// Stripes of the first band on the whole width; each band has as many more as its harmonic has waves.
const firstStripes = 3;
const gapPx = 4;
const restAlpha = 0.1;
const fullAlpha = 0.9;

/** Draws stripes that stand still when the pitch is the target's. */
export class StrobePainter {
  readonly #canvas: PixelCanvas;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  /** Draws all bands; null: none of them has a tone. */
  draw(view: StrobeView | null, palette: Palette): void {
    const pen = this.#canvas.begin();
    const { width, height, unit } = this.#canvas;
    const gap = gapPx * unit;
    const bandHeight = (height - gap * (strobeBands - 1)) / strobeBands;
    for (let harmonic = 1; harmonic <= strobeBands; harmonic += 1) {
      const top = (harmonic - 1) * (bandHeight + gap);
      pen.globalAlpha = 1;
      pen.fillStyle = palette.grid;
      pen.fillRect(0, top, width, bandHeight);
      if (view !== null) drawBand(pen, palette, view, harmonic, [width, top, bandHeight]);
    }
  }
}

function drawBand(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  { partials, targetHz, centreSec, afterSec }: StrobeView,
  harmonic: number,
  [width, top, height]: readonly [number, number, number],
): void {
  const partial = partials.find((candidate) => candidate.harmonic === harmonic);
  if (partial === undefined) return;
  const contrast = strobeContrast(partial, targetHz);
  const shift = strobeShift(partial, targetHz, centreSec, afterSec);
  const stripes = firstStripes * harmonic;
  const pitch = width / stripes;
  pen.fillStyle = palette.trace;
  pen.globalAlpha = restAlpha + (fullAlpha - restAlpha) * contrast;
  // One more than fit: the first comes in from the left.
  for (let stripe = -1; stripe < stripes; stripe += 1) {
    const from = Math.max(0, (stripe + shift) * pitch);
    const to = Math.min(width, (stripe + shift + 0.5) * pitch);
    if (to > from) pen.fillRect(from, top, to - from, height);
  }
}
