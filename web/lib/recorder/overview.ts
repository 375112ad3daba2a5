/** Columns that an overview holds; then two become one. */
const maxColumns = 4096;

/** Frames of a column at first. */
export const baseColumnFrames = 1024;

/** The envelope of a recording, in memory that does not grow: columns become wider instead. */
export class Overview {
  #framesPerColumn = baseColumnFrames;
  #length = 0;
  #filled = 0;
  readonly #minima = new Float32Array(maxColumns);
  readonly #maxima = new Float32Array(maxColumns);

  /** Frames of a column: a power of two; the last one may have fewer. */
  get framesPerColumn(): number {
    return this.#framesPerColumn;
  }

  /** Columns. */
  get length(): number {
    return this.#length;
  }

  /** The least sample of each column. In place: changes with the next `add`. */
  get minima(): Float32Array {
    return this.#minima.subarray(0, this.#length);
  }

  /** The greatest sample of each column. */
  get maxima(): Float32Array {
    return this.#maxima.subarray(0, this.#length);
  }

  /** Adds the extremes of the next `baseColumnFrames` frames, or of the last ones. */
  add(minimum: number, maximum: number): void {
    if (this.#filled === 0) {
      if (this.#length === maxColumns) this.#halve();
      this.#begin(minimum, maximum);
    } else {
      const last = this.#length - 1;
      this.#minima[last] = Math.min(this.#minima[last] ?? 0, minimum);
      this.#maxima[last] = Math.max(this.#maxima[last] ?? 0, maximum);
    }
    this.#filled = (this.#filled + baseColumnFrames) % this.#framesPerColumn;
  }

  /** All of it, to be kept. */
  encode(): Uint8Array<ArrayBuffer> {
    const words = new Float32Array(2 + 2 * this.#length);
    words[0] = this.#framesPerColumn;
    words[1] = this.#filled;
    words.set(this.minima, 2);
    words.set(this.maxima, 2 + this.#length);
    return new Uint8Array(words.buffer);
  }

  /** What `encode` gave; an empty one of anything else. */
  static decode(bytes: ArrayBuffer): Overview {
    const overview = new Overview();
    if (bytes.byteLength < 8 || bytes.byteLength % 8 !== 0) return overview;
    const words = new Float32Array(bytes);
    const length = (words.length - 2) / 2;
    const [framesPerColumn = 0, filled = 0] = words;
    if (length > maxColumns || !(framesPerColumn >= baseColumnFrames)) return overview;
    overview.#framesPerColumn = framesPerColumn;
    overview.#filled = filled;
    overview.#length = length;
    overview.#minima.set(words.subarray(2, 2 + length));
    overview.#maxima.set(words.subarray(2 + length));
    return overview;
  }

  #begin(minimum: number, maximum: number): void {
    this.#minima[this.#length] = minimum;
    this.#maxima[this.#length] = maximum;
    this.#length += 1;
  }

  /** Only full columns are there when this is called. */
  #halve(): void {
    for (let i = 0; i < maxColumns / 2; i += 1) {
      const [left, right] = [2 * i, 2 * i + 1];
      this.#minima[i] = Math.min(this.#minima[left] ?? 0, this.#minima[right] ?? 0);
      this.#maxima[i] = Math.max(this.#maxima[left] ?? 0, this.#maxima[right] ?? 0);
    }
    this.#length = maxColumns / 2;
    this.#framesPerColumn *= 2;
  }
}

/** Finds the extremes of every `baseColumnFrames` frames of a sound that comes in pieces. */
export class EnvelopeFollower {
  #minimum = Infinity;
  #maximum = -Infinity;
  #frames = 0;

  /** @param tell Called with the extremes of each full column. */
  follow(
    planes: readonly Float32Array[],
    frames: number,
    tell: (minimum: number, maximum: number) => void,
  ): void {
    for (let at = 0; at < frames;) {
      const end = Math.min(frames, at + baseColumnFrames - this.#frames);
      for (const plane of planes) this.#look(plane, at, end);
      this.#frames += end - at;
      at = end;
      if (this.#frames === baseColumnFrames) this.end(tell);
    }
  }

  /** Tells of a column that is not full. */
  end(tell: (minimum: number, maximum: number) => void): void {
    if (this.#frames > 0) tell(this.#minimum, this.#maximum);
    this.#minimum = Infinity;
    this.#maximum = -Infinity;
    this.#frames = 0;
  }

  #look(plane: Float32Array, from: number, to: number): void {
    for (let i = from; i < to; i += 1) {
      const sample = plane[i] ?? 0;
      if (sample < this.#minimum) this.#minimum = sample;
      if (sample > this.#maximum) this.#maximum = sample;
    }
  }
}
