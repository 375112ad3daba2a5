import type { Listener } from '../../../web/lib/bus/index.ts';

/** Measures how long each chunk of a listener waited to be seen, at most. */
export class HandOffWatch {
  readonly handOffMs: number[] = [];
  readonly #listener: Listener;
  // The last time at which there was nothing to read.
  #emptyMs: number = performance.now();
  #isThere = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Before a chunk is asked for. */
  look(): void {
    this.#isThere = this.#listener.pending > 0;
  }

  /** When it has come. @returns The time of that. */
  saw(): number {
    const seenMs = performance.now();
    const waitedMs = seenMs - this.#emptyMs;
    // One that was not waited for lay there since the last empty look at most.
    this.handOffMs.push(this.#isThere ? waitedMs : (this.#listener.handOffMs ?? waitedMs));
    return seenMs;
  }

  /** When the work on it is done. */
  done(): void {
    if (this.#listener.pending === 0) this.#emptyMs = performance.now();
  }
}
