/** How long sound waited on its way from the mix ring to the socket. */

interface Look {
  readonly frame: number;
  readonly atMs: number;
}

/** A block that went into the encoder. */
interface Block {
  /** Frames that went into it before. */
  readonly encoded: number;
  /** When its first frame was not in the ring yet. */
  readonly missingMs: number;
}

const keptLooks = 64;
/** Ten seconds: more than an encoder holds. */
const keptBlocks = 1000;
const keptDelays = 512;

/**
 * Nobody says when a frame comes into the ring. But a look that does not find it says when it was not
 * there yet: counted from the last such look, a delay is never too short.
 */
export class RingTimes {
  readonly #looks: Look[] = [];
  readonly #delaysMs: number[] = [];
  #blocks: Block[] = [];
  #encoded = 0;
  #sent = 0;

  /** @param frame A frame that was not there at `nowMs`, so none after it was. */
  looked(frame: number, nowMs: number): void {
    this.#looks.push({ frame, atMs: nowMs });
    if (this.#looks.length > keptLooks) this.#looks.shift();
  }

  /** A block went into the encoder. @param firstFrame In the ring. */
  encoded(firstFrame: number, frames: number): void {
    const missing = this.#looks.findLast(({ frame }) => frame <= firstFrame);
    if (missing !== undefined) {
      this.#blocks.push({ encoded: this.#encoded, missingMs: missing.atMs });
      if (this.#blocks.length > keptBlocks) this.#blocks.shift();
    }
    this.#encoded += frames;
  }

  /** A page went into the socket, and is as long as that. */
  sent(frames: number, nowMs: number): void {
    const first = this.#sent;
    this.#sent += frames;
    const block = this.#blocks.findLast(({ encoded }) => encoded <= first);
    if (frames === 0 || block === undefined) return;
    this.#delaysMs.push(nowMs - block.missingMs);
    if (this.#delaysMs.length > keptDelays) this.#delaysMs.shift();
  }

  /** A new encoder begins, and has nothing. */
  restart(): void {
    this.#blocks = [];
    this.#encoded = 0;
    this.#sent = 0;
  }

  /** Over the last 512 pages; null before there is one. */
  get figures(): { readonly p50: number; readonly p95: number } | null {
    if (this.#delaysMs.length === 0) return null;
    const sorted = this.#delaysMs.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { p50: at(0.5), p95: at(0.95) };
  }
}
