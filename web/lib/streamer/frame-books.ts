/** Where the frames of a broadcast went: sent + dropped + pending is what was taken, always. */

/** An encoded stretch. */
export interface EncodedPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Frames of the mix that it ends; 0 for a head. */
  readonly frames: number;
}

/** A page in the socket. */
interface Waiting {
  readonly bytes: number;
  readonly frames: number;
}

export class FrameBooks {
  #sent = 0;
  #dropped = 0;
  #encoding = 0;
  #sentBytes = 0;
  readonly #waiting: Waiting[] = [];

  /** Frames that have left the browser. */
  get sent(): number {
    return this.#sent;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Frames in the encoder and in the socket. */
  get pending(): number {
    return this.#waiting.reduce((sum, { frames }) => sum + frames, this.#encoding);
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Frames went into the encoder. */
  encode(frames: number): void {
    this.#encoding += frames;
  }

  drop(frames: number): void {
    this.#dropped += frames;
  }

  /** A page went into the socket. */
  send({ bytes, frames }: EncodedPage): void {
    const ended = Math.min(frames, this.#encoding);
    this.#encoding -= ended;
    this.#waiting.push({ bytes: bytes.length, frames: ended });
  }

  /** @param bufferedBytes That the socket still holds: the newest ones. */
  settle(bufferedBytes: number): void {
    let held = this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    for (let page = this.#waiting[0]; page !== undefined; page = this.#waiting[0]) {
      held -= page.bytes;
      if (held < bufferedBytes) return;
      this.#waiting.shift();
      this.#sent += page.frames;
      this.#sentBytes += page.bytes;
    }
  }

  /** The connection is over: what had not left goes nowhere any more. */
  lose(): void {
    this.#dropped += this.pending;
    this.#encoding = 0;
    this.#waiting.length = 0;
  }
}
