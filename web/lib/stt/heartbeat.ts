/**
 * How far a Worker has followed the ring: it writes the number of chunks that it has seen, the page
 * compares that with the number of those that there are. So a Worker's silence is counted in sound, and
 * a page whose timers are held back finds the same.
 */
export class Heartbeat {
  /** For the Worker's `Heartbeat`. */
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** @param chunks Number of chunks of which the thread knows. */
  beat(chunks: number): void {
    Atomics.store(this.#words, 0, chunks | 0);
  }

  /** Chunks since the last beat. */
  silence(chunks: number): number {
    return (chunks - Atomics.load(this.#words, 0)) | 0;
  }
}
