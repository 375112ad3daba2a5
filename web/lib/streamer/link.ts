/** Keeps a connection to the server, and says what state it is in. */
import { backOffMs, type BackOffTimes, usualBackOff } from './back-off.ts';
import { Connection, type ConnectionEnd, type Greeting, type SocketOpener } from './connection.ts';
import type { StatusPage } from './status-page.ts';
import type { StreamCode, StreamCondition, StreamMetadata, StreamState } from './stream-status.ts';
import { reasonOf } from './stream-words.ts';

/** How long things take. */
export interface LinkTimes extends BackOffTimes {
  /** Without a word from the status page, a connection that stands so long is taken to be on air. */
  readonly settleMs: number;
  /** Between two looks at the status page: until it lists the mount, and then. */
  readonly lookMs: number;
  readonly restMs: number;
  /** A server that has not answered by then is taken to be away. */
  readonly openMs: number;
  /** A connection out of which nothing went for so long, although something waits, is given up. */
  readonly stallMs: number;
}

export const usualTimes: LinkTimes = {
  ...usualBackOff,
  settleMs: 1000,
  lookMs: 500,
  restMs: 5000,
  openMs: 10_000,
  stallMs: 8000,
};

const violationMs = 50;

/** What a link is made of. */
export interface LinkParts {
  readonly url: string;
  readonly greeting: Greeting;
  readonly status: StatusPage | null;
  readonly open: SocketOpener;
  /** Whether the page's policy has forbidden a connection. */
  readonly isBlocked: () => boolean;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly times: LinkTimes;
  /** A connection stands: send until the signal aborts. */
  readonly carry: (connection: Connection, signal: AbortSignal) => Promise<void>;
  readonly tell: (condition: StreamCondition) => void;
}

/** What follows from an end. */
interface Verdict {
  readonly code: StreamCode;
  readonly isFinal: boolean;
}

export class Link {
  readonly #parts: LinkParts;
  readonly #ends = new AbortController();
  readonly #closed: Promise<ConnectionEnd>;
  #metadata: StreamMetadata;
  #connection: Connection | null = null;
  #attempt = 0;
  #wasLive = false;
  #isLive = false;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#metadata = parts.greeting.metadata;
    this.#closed = new Promise((resolve) => {
      this.#ends.signal.addEventListener('abort', () => resolve('unsaid'));
    });
  }

  /** Connects, again and again, until it is closed or refused for good. */
  async run(): Promise<void> {
    while (!this.#ends.signal.aborted) {
      this.#attempt += 1;
      this.#tell(this.#seeking, 'opening');
      const end = await this.#attemptOnce();
      if (this.#ends.signal.aborted) return;
      const verdict = await this.#judge(end);
      if (verdict.isFinal) {
        this.#tell('rejected', verdict.code);
        return;
      }
      await this.#rest(verdict.code);
    }
  }

  /** For this connection and for those that follow. */
  setMetadata(metadata: StreamMetadata): void {
    this.#metadata = { ...this.#metadata, ...metadata };
    this.#connection?.tell(this.#metadata);
  }

  /** Ends it for good, after what was sent has left. */
  close(): void {
    this.#connection?.close();
    this.#ends.abort();
  }

  get #seeking(): StreamState {
    return this.#wasLive ? 'reconnecting' : 'connecting';
  }

  async #attemptOnce(): Promise<ConnectionEnd> {
    const { url, greeting, open } = this.#parts;
    this.#isLive = false;
    let connection: Connection;
    try {
      connection = new Connection(open, url, { ...greeting, metadata: this.#metadata });
    } catch {
      // Only the policy lets an address that was checked fail at once.
      return 'not-opened';
    }
    this.#connection = connection;
    if (await this.#opens(connection)) await this.#carry(connection);
    this.#connection = null;
    // A server that is not there any more does not say farewell.
    return Promise.race([connection.ended, this.#closed]);
  }

  async #opens(connection: Connection): Promise<boolean> {
    const settled = new AbortController();
    const late = pause(this.#parts.times.openMs, settled.signal).then(() => false);
    const opened = await Promise.race([connection.opened, late]);
    settled.abort();
    if (!opened) connection.close();
    return opened;
  }

  async #carry(connection: Connection): Promise<void> {
    const over = new AbortController();
    void connection.ended.then(() => over.abort());
    this.#ends.signal.addEventListener('abort', () => over.abort(), { signal: over.signal });
    const watches = [this.#watch(over.signal), this.#watchFlow(connection, over.signal)];
    await this.#parts.carry(connection, over.signal);
    over.abort();
    await Promise.all(watches);
  }

  /** A line that is dead says nothing of it: TCP goes on trying for many minutes. */
  async #watchFlow(connection: Connection, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const before = connection.leftBytes;
      await pause(this.#parts.times.stallMs, over);
      const isStuck = connection.bufferedBytes > 0 && connection.leftBytes === before;
      if (!over.aborted && isStuck) connection.abandon();
    }
  }

  /** Finds out whether it is on air, and then whether it still is. */
  async #watch(over: AbortSignal): Promise<void> {
    const { status, times } = this.#parts;
    await pause(times.settleMs, over);
    while (!over.aborted) {
      const isOnAir = (await status?.isOnAir()) ?? null;
      if (over.aborted) return;
      this.#heard(isOnAir);
      await pause(this.#isLive ? times.restMs : times.lookMs, over);
    }
  }

  #heard(isOnAir: boolean | null): void {
    if (isOnAir === false)
      return this.#isLive ? undefined : this.#tell(this.#seeking, 'unconfirmed');
    this.#isLive = true;
    this.#wasLive = true;
    this.#attempt = 1;
    this.#tell('live', isOnAir === true ? 'confirmed' : 'assumed');
  }

  async #judge(end: ConnectionEnd): Promise<Verdict> {
    switch (end) {
      case 'not-opened':
        // The browser tells of a violation in a task of its own.
        await pause(violationMs, this.#ends.signal);
        return this.#parts.isBlocked()
          ? { code: 'blocked', isFinal: true }
          : { code: 'unreachable', isFinal: false };
      case 'unknown-mount':
        // A server that starts again answers before it has its mounts.
        return { code: end, isFinal: !this.#wasLive };
      case 'not-webcast':
      case 'wrong-password':
      case 'refused':
        return { code: end, isFinal: true };
      case 'unsaid':
        return { code: await this.#unsaid(), isFinal: false };
    }
  }

  /** Liquidsoap ends a connection to a taken mount without a word. */
  async #unsaid(): Promise<StreamCode> {
    if (this.#isLive) return 'connection-lost';
    const isOnAir = await this.#parts.status?.isOnAir();
    return isOnAir === true ? 'mount-taken' : 'closed-early';
  }

  async #rest(code: StreamCode): Promise<void> {
    const { times, chance } = this.#parts;
    if (this.#isLive) this.#attempt = 0;
    const waitMs = backOffMs(times, Math.max(1, this.#attempt), chance());
    this.#tell(this.#seeking, code, waitMs);
    await pause(waitMs, this.#ends.signal);
  }

  #tell(state: StreamState, code: StreamCode, nextTryMs: number | null = null): void {
    const reason = reasonOf(code, this.#parts.url);
    const attempt = Math.max(1, this.#attempt);
    this.#parts.tell({ state, code, reason, attempt, nextTryMs });
  }
}

/** Waits, at most until the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    return signal.addEventListener('abort', end);
  });
}
