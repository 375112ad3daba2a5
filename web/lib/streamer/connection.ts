/** One connection to a server that speaks webcast, from its opening to its end. */
import type { StreamMetadata } from './stream-status.ts';
import {
  type CloseCause,
  closeCause,
  helloMessage,
  metadataMessage,
  webcastProtocol,
} from './webcast.ts';

/** The part of a WebSocket that is used. */
export interface Socket {
  binaryType: string;
  readonly protocol: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  addEventListener(
    type: 'open' | 'close' | 'error',
    listener: (event: { readonly code?: number; readonly reason?: string }) => void,
  ): void;
}

/** Opens a WebSocket. May throw where the page's policy forbids it. */
export type SocketOpener = (url: string, protocol: string) => Socket;

/** Who sends what. */
export interface Greeting {
  readonly mime: string;
  readonly user: string;
  readonly password: string;
  readonly metadata: StreamMetadata;
}

/** How a connection ended. `not-opened`: it never stood. */
export type ConnectionEnd = CloseCause | 'not-opened' | 'not-webcast';

/** Takes larger messages apart: Liquidsoap 2.1 answers nothing any more after one of 64 KiB. */
const largestMessage = 16_384;
const normalClosure = 1000;
const openState = 1;

export class Connection {
  /** Whether the server greets back; false: it ended before, see `ended`. */
  readonly opened: Promise<boolean>;
  /** Resolves when it is over. */
  readonly ended: Promise<ConnectionEnd>;
  readonly #socket: Socket;
  #abandon: () => void = () => undefined;
  #sentBytes = 0;
  #isOver = false;

  constructor(open: SocketOpener, url: string, greeting: Greeting) {
    this.#socket = open(url, webcastProtocol);
    this.#socket.binaryType = 'arraybuffer';
    const opened = new Promise<boolean>((resolve) => {
      this.#socket.addEventListener('open', () => resolve(this.#greet(greeting)));
      this.#socket.addEventListener('close', () => resolve(false));
      this.#socket.addEventListener('error', () => resolve(false));
    });
    this.opened = opened;
    const abandoned = new Promise<ConnectionEnd>((resolve) => {
      this.#abandon = () => resolve('unsaid');
    });
    this.ended = Promise.race([this.#untilClosed(opened), abandoned]);
  }

  /** Whether more can be sent. */
  get isOpen(): boolean {
    return !this.#isOver && this.#socket.readyState === openState;
  }

  /** Bytes that have not left the browser. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Bytes of pages that have left it, as far as the socket tells. */
  get leftBytes(): number {
    return this.#sentBytes - this.bufferedBytes;
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.#sentBytes += bytes.length;
    for (let at = 0; at < bytes.length; at += largestMessage) {
      this.#socket.send(bytes.subarray(at, at + largestMessage));
    }
  }

  tell(metadata: StreamMetadata): void {
    if (this.isOpen) this.#socket.send(metadataMessage(metadata));
  }

  /** Sends what waits, then ends it. */
  close(): void {
    this.#socket.close(normalClosure);
  }

  /** Gives it up: the other end takes nothing any more, a farewell neither. */
  abandon(): void {
    this.#isOver = true;
    this.close();
    this.#abandon();
  }

  #greet({ mime, user, password, metadata }: Greeting): boolean {
    // Liquidsoap stands a socket of another protocol too, and never plays it.
    if (this.#socket.protocol !== webcastProtocol) {
      this.close();
      return false;
    }
    this.#socket.send(helloMessage({ mime, user, password }));
    if (Object.keys(metadata).length > 0) this.#socket.send(metadataMessage(metadata));
    return true;
  }

  #untilClosed(opened: Promise<boolean>): Promise<ConnectionEnd> {
    let stood = false;
    this.#socket.addEventListener('open', () => {
      stood = true;
    });
    return new Promise((resolve) => {
      // Chromium says no more than this where the page's policy is in the way.
      this.#socket.addEventListener('error', () => {
        if (stood) return;
        this.#isOver = true;
        resolve('not-opened');
      });
      this.#socket.addEventListener('close', ({ code = 0, reason = '' }) => {
        this.#isOver = true;
        void opened.then((greeted) => {
          if (!stood) return resolve('not-opened');
          return resolve(greeted ? closeCause(code, reason) : 'not-webcast');
        });
      });
    });
  }
}
