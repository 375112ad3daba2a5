import type { Analysis } from '../../lib/index.ts';

/** The highest level that every bin had, since the kind of window or the input last changed. */
export class PeakBins {
  readonly #levelsDb: Float32Array;
  #windowFrames = 0;
  #input = -1;
  #bins = 0;

  /** @param bins Of the longest window. */
  constructor(bins: number) {
    this.#levelsDb = new Float32Array(bins);
  }

  /** As many levels as the last window had. */
  get levelsDb(): Float32Array {
    return this.#levelsDb.subarray(0, this.#bins);
  }

  /** Takes a window in. */
  update({ windowFrames, input, levelsDb }: Analysis): void {
    if (windowFrames !== this.#windowFrames || input !== this.#input) this.reset();
    this.#windowFrames = windowFrames;
    this.#input = input;
    this.#bins = levelsDb.length;
    for (let bin = 0; bin < levelsDb.length; bin += 1) {
      const levelDb = levelsDb[bin] ?? -Infinity;
      if (levelDb > (this.#levelsDb[bin] ?? 0)) this.#levelsDb[bin] = levelDb;
    }
  }

  /** Forgets everything. */
  reset(): void {
    this.#levelsDb.fill(-Infinity);
  }
}
