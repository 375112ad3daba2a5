/** How much a counter has grown since that was last told. */
export class Growth {
  readonly #least: number;
  #told: number | null = null;

  /** @param least Less than this waits until it is more. */
  constructor(least: number) {
    this.#least = least;
  }

  /**
   * Takes a reading; the first one, and one of a counter that began anew, are where it goes on from.
   *
   * @param count Null where it is not counted.
   * @returns 0 where there is nothing to tell.
   */
  take(count: number | null): number {
    if (count === null) return 0;
    const grown = count - (this.#told ?? count);
    if (grown > 0 && grown < this.#least) return 0;
    this.#told = count;
    return Math.max(0, grown);
  }
}
