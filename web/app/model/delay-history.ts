/** How long sound took to leave, second by second. */

/** What was known at a second. */
export interface DelaySample {
  /** From the mix to the socket: 95 of 100 took less. Null: not measured. */
  readonly ringToSocketMs: number | null;
  /** From the mix to the server, estimated. Null: not known. */
  readonly serverDelayMs: number | null;
  /** Sound that was dropped in that second. */
  readonly droppedMs: number;
}

/** Seconds that are kept. */
export const historySec = 120;

/** The last two minutes. */
export class DelayHistory {
  #samples: DelaySample[] = [];

  /** Oldest first. */
  get samples(): readonly DelaySample[] {
    return this.#samples;
  }

  /** The longest of all delays, in milliseconds. */
  get longestMs(): number {
    return Math.max(
      0,
      ...this.#samples.map(({ ringToSocketMs, serverDelayMs }) =>
        Math.max(ringToSocketMs ?? 0, serverDelayMs ?? 0),
      ),
    );
  }

  /** Adds a second. */
  add(sample: DelaySample): void {
    this.#samples = [...this.#samples, sample].slice(-historySec);
  }

  /** Begins anew. */
  clear(): void {
    this.#samples = [];
  }
}
