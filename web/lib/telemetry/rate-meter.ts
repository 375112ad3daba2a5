// A second of memory: long against a device's callback, short against a person's patience.
const timeConstantSec = 1;
// Longer than any device's callback period; after this much standing still, nothing moves.
const stallSec = 0.5;

/** How fast a counter grows, by an exponential moving average over the audio clock. */
export class RateMeter {
  #perSec: number | null = null;
  #count = 0;
  #audioSec: number | null = null;
  #movedAtSec = 0;

  /**
   * Takes a reading.
   *
   * @param count Of the thing counted.
   * @param audioSec Time on the audio clock.
   * @param wallSec Time on the page's clock; tells only that the audio clock stands still.
   */
  update(count: number, audioSec: number, wallSec: number): void {
    const elapsedSec = audioSec - (this.#audioSec ?? -Infinity);
    // Readings that come in steps, as without shared memory, are averaged over whole steps.
    if (elapsedSec === 0 || (count === this.#count && elapsedSec < stallSec)) {
      if (wallSec - this.#movedAtSec > stallSec) this.#perSec = 0;
      return;
    }
    if (elapsedSec < Infinity) this.#average((count - this.#count) / elapsedSec, elapsedSec);
    this.#count = count;
    this.#audioSec = audioSec;
    this.#movedAtSec = wallSec;
  }

  /** Counts per second of the audio clock; 0 while it stands still, null before the second reading. */
  get perSec(): number | null {
    return this.#perSec;
  }

  #average(perSec: number, elapsedSec: number): void {
    const keep = this.#perSec === null ? 0 : Math.exp(-elapsedSec / timeConstantSec);
    this.#perSec = perSec + keep * ((this.#perSec ?? 0) - perSec);
  }
}
