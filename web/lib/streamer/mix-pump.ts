/** Takes the mix from the ring, block by block, and hands it to an encoder or, counted, to nobody. */
import type { FrameListener } from '../bus/frame-listener.ts';
import type { FrameBooks } from './frame-books.ts';
import type { RingTimes } from './ring-times.ts';
import type { StreamEncoder } from './stream-encoder.ts';

/** Of a block: what is looked for at once. */
const blocksPerSec = 100;

/** What decides over a page. */
export interface PumpGate {
  /** Whether the socket holds more than it should: then what comes is dropped, page by page. */
  isFull(): boolean;
}

export interface PumpParts {
  readonly listener: FrameListener;
  readonly books: FrameBooks;
  readonly times: RingTimes;
  readonly rateHz: number;
  readonly pageMs: number;
}

export class MixPump {
  readonly #parts: PumpParts;
  readonly #block: readonly [Float32Array, Float32Array];
  readonly #pageBlocks: number;
  #skipped = 0;

  constructor(parts: PumpParts) {
    const frames = Math.round(parts.rateHz / blocksPerSec);
    this.#parts = parts;
    this.#block = [new Float32Array(frames), new Float32Array(frames)];
    this.#pageBlocks = Math.max(1, Math.floor((parts.pageMs * blocksPerSec) / 1000));
  }

  /**
   * Pumps from the newest frame on until the signal aborts or the bus is closed.
   *
   * @returns False when the bus is closed.
   */
  async run(encoder: StreamEncoder, gate: PumpGate, signal: AbortSignal): Promise<boolean> {
    this.skip();
    let isDropping = false;
    for (let blocks = 0; !signal.aborted; blocks += 1) {
      if (blocks % this.#pageBlocks === 0) isDropping = gate.isFull();
      const has = await this.#ready(signal);
      if (has === 'closed') return false;
      if (has === 'aborted') return true;
      const first = this.#parts.listener.position;
      if (!this.#read()) continue;
      if (isDropping) this.#parts.books.drop(this.#block[0].length);
      else this.#encode(encoder, first);
    }
    return true;
  }

  /** Passes over what is unread; it counts as dropped. */
  skip(): void {
    const { listener, books } = this.#parts;
    const passed = listener.skipAhead();
    this.#skipped += passed;
    books.drop(passed);
  }

  /** Frames that were passed over. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Waits for a block: first for its first frame, which says when that came. */
  async #ready(signal: AbortSignal): Promise<'frames' | 'closed' | 'aborted'> {
    try {
      const goesOn = await this.#wait(1, signal);
      return goesOn && (await this.#wait(this.#block[0].length, signal)) ? 'frames' : 'closed';
    } catch (error) {
      if (signal.aborted) return 'aborted';
      throw error;
    }
  }

  async #wait(frames: number, signal: AbortSignal): Promise<boolean> {
    const { listener, times } = this.#parts;
    const fromMs = performance.now();
    times.looked(listener.position + listener.pending, fromMs);
    const goesOn = await listener.ready(frames, { signal });
    const missingMs = performance.now() - (listener.handOffMs ?? Infinity);
    // Otherwise it was there at once, and the look is one of before.
    if (missingMs >= fromMs) times.looked(listener.position + frames - 1, missingMs);
    return goesOn;
  }

  /** False: the frames were overwritten; the listener has counted them and moved on. */
  #read(): boolean {
    const { listener } = this.#parts;
    const [left, right] = this.#block;
    if (listener.view(left.length).status !== 'ok') return false;
    listener.copyTo(0, left);
    listener.copyTo(1, right);
    return listener.confirm().status === 'ok';
  }

  #encode(encoder: StreamEncoder, firstFrame: number): void {
    const { books, times } = this.#parts;
    const frames = this.#block[0].length;
    times.encoded(firstFrame, frames);
    books.encode(frames);
    encoder.encode(this.#block);
  }
}
