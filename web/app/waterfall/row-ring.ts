import { colourIndex, colourMap } from '../draw/colour-map.ts';

const bytesPerPixel = 4;

/**
 * The rows of a waterfall: levels in a ring, and a picture of the same ring. A new row costs one row of
 * pixels, and showing all of them two copies of the picture.
 */
export class RowRing {
  readonly width: number;
  readonly height: number;
  readonly #levelsDb: Float32Array;
  readonly #picture: OffscreenCanvas;
  readonly #pen: OffscreenCanvasRenderingContext2D;
  readonly #pixels: ImageData;
  readonly #words: Uint32Array;
  #colours = new Uint32Array(0);
  #floorDb = 0;
  /** The newest row, counted from the first one on. */
  #newest = -1;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#levelsDb = new Float32Array(width * height).fill(-Infinity);
    this.#picture = new OffscreenCanvas(width, height);
    const pen = this.#picture.getContext('2d');
    if (pen === null) throw new Error('The browser gave no 2D context for a canvas.');
    this.#pen = pen;
    this.#pixels = pen.createImageData(width, 1);
    this.#words = new Uint32Array(this.#pixels.data.buffer);
  }

  /** Adds a row; undefined: one without anything. */
  push(levelsDb: Float32Array | undefined): void {
    this.#newest += 1;
    this.replace(levelsDb);
  }

  /** Changes the newest row. */
  replace(levelsDb: Float32Array | undefined): void {
    const slot = Math.max(0, this.#newest) % this.height;
    const row = this.#row(slot);
    if (levelsDb === undefined) row.fill(-Infinity);
    else row.set(levelsDb);
    this.#paint(slot);
  }

  /** Paints every row anew, in other colours. */
  recolour(dark: boolean, floorDb: number): void {
    const bytes = colourMap(dark);
    this.#colours = new Uint32Array(bytes.buffer, 0, bytes.length / bytesPerPixel);
    this.#floorDb = floorDb;
    for (let slot = 0; slot < this.height; slot += 1) this.#paint(slot);
  }

  /**
   * Copies the picture, the newest row at the top and the older ones below.
   *
   * @param lead Rows by which the newest one is longer.
   */
  draw(pen: OffscreenCanvasRenderingContext2D, left: number, edge: number, lead: number): void {
    const { width, height } = this;
    const slot = Math.max(0, this.#newest) % height;
    // The ring fills upwards, so that rows lie in the order in which they are shown.
    const first = height - 1 - slot;
    const below = height - first;
    const top = edge + lead;
    if (lead > 0) pen.drawImage(this.#picture, 0, first, width, 1, left, edge, width, lead);
    pen.drawImage(this.#picture, 0, first, width, below, left, top, width, below);
    if (first > 0)
      pen.drawImage(this.#picture, 0, 0, width, first, left, top + below, width, first);
  }

  #row(slot: number): Float32Array {
    return this.#levelsDb.subarray(slot * this.width, (slot + 1) * this.width);
  }

  #paint(slot: number): void {
    const first = slot * this.width;
    for (let x = 0; x < this.width; x += 1) {
      const levelDb = this.#levelsDb[first + x] ?? -Infinity;
      this.#words[x] = this.#colours[colourIndex(levelDb, this.#floorDb, 0)] ?? 0;
    }
    this.#pen.putImageData(this.#pixels, 0, this.height - 1 - slot);
  }
}
