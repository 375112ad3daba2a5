/** How much a counter that begins at 0 has grown since that was last told. */
export class Growth {
  readonly #least: number;
  #told = 0;

  /** @param least Less than this waits until it is more. */
  constructor(least: number) {
    this.#least = least;
  }

  /**
   * Takes a reading; one of a counter that began anew is where it goes on from.
   *
   * @param count Null where it is not counted.
   * @returns 0 where there is nothing to tell.
   */
  take(count: number | null): number {
    if (count === null) return 0;
    const grown = count - this.#told;
    if (grown > 0 && grown < this.#least) return 0;
    this.#told = count;
    return Math.max(0, grown);
  }
}
