/** A broadcast, as its Worker runs it: ring, encoder, connection, and the books of all three. */
import type { FrameListener } from '../bus/frame-listener.ts';
import type { Connection } from './connection.ts';
import { type EncodedPage, FrameBooks } from './frame-books.ts';
import { Link, type LinkParts } from './link.ts';
import { MixPump } from './mix-pump.ts';
import { RingTimes } from './ring-times.ts';
import { StatusPage } from './status-page.ts';
import type { EncoderOpener, StreamEncoder } from './stream-encoder.ts';
import type { StreamSettings } from './stream-settings.ts';
import type { StreamCode, StreamCondition, StreamMetadata, StreamStatus } from './stream-status.ts';
import { reasonOf } from './stream-words.ts';

/** What a broadcast is made of. */
export interface BroadcastParts {
  readonly settings: StreamSettings;
  readonly listener: FrameListener;
  readonly rateHz: number;
  readonly mime: string;
  readonly openEncoder: EncoderOpener;
  readonly link: Pick<LinkParts, 'open' | 'isBlocked' | 'chance' | 'times'>;
  readonly tell: (status: StreamStatus) => void;
}

/** Below this share of what may wait, a socket that was too full is filled again. */
const enoughShare = 0.5;
const tellMs = 250;
/** Longest wait for the socket to empty itself at the end. */
const farewellMs = 2000;

export class Broadcast {
  readonly #parts: BroadcastParts;
  readonly #books = new FrameBooks();
  readonly #times = new RingTimes();
  readonly #pump: MixPump;
  readonly #link: Link;
  readonly #status: StatusPage | null;
  readonly #mostBytes: number;
  readonly #halt = new AbortController();
  #condition: StreamCondition;
  #connection: Connection | null = null;
  #encoder: StreamEncoder | null = null;
  #isFull = false;
  #over: StreamCode | null = null;
  #startedAtMs: number | null = null;
  /** Frames that the listener had behind it when the first connection stood, and what it lost of them. */
  #passedBefore = 0;
  #droppedBefore = 0;

  constructor(parts: BroadcastParts) {
    const { settings, listener, rateHz, link, mime } = parts;
    const { url, user, password, metadata, pageMs, statusUrl } = settings;
    this.#parts = parts;
    this.#mostBytes = (settings.bitrateKbps * settings.maxQueueMs) / 8;
    this.#status = statusUrl === null ? null : new StatusPage(statusUrl, settings.statusMount, url);
    this.#pump = new MixPump({ listener, books: this.#books, times: this.#times, rateHz, pageMs });
    this.#condition = conditionOf('connecting', 'opening', url);
    this.#link = new Link({
      ...link,
      url,
      greeting: { mime, user, password, metadata },
      status: this.#status,
      carry: (connection, signal) => this.#carry(connection, signal),
      tell: (condition) => this.#enter(condition),
    });
  }

  /** Broadcasts until it is stopped or refused. */
  async run(): Promise<void> {
    const timer = setInterval(() => this.#tell(), tellMs);
    await this.#link.run();
    clearInterval(timer);
    this.#books.lose();
    if (this.#over !== null) this.#condition = conditionOf('stopped', this.#over, this.#url);
    this.#tell();
  }

  setMetadata(metadata: StreamMetadata): void {
    this.#link.setMetadata(metadata);
  }

  /** Takes no more of the mix, sends what it has, then ends: see `run`. A second call does nothing. */
  stop(code: StreamCode = 'stopped'): void {
    if (this.#over !== null) return;
    this.#over = code;
    if (this.#encoder === null) this.#link.close();
    this.#halt.abort();
  }

  /** How it stands. */
  get status(): StreamStatus {
    this.#follow();
    const { sent, dropped, pending, sentBytes } = this.#books;
    const ringDropped = this.#startedAtMs === null ? 0 : this.#ringDropped;
    return {
      ...this.#condition,
      sentBytes,
      sentMs: this.#toMs(sent),
      droppedMs: this.#toMs(dropped + ringDropped),
      pendingMs: this.#toMs(pending),
      takenMs: this.#startedAtMs === null ? 0 : this.#toMs(this.#passed - this.#passedBefore),
      ringDroppedMs: this.#toMs(ringDropped),
      bufferedBytes: this.#connection?.bufferedBytes ?? 0,
      ringToSocketMs: this.#times.figures,
      serverDelayMs: this.#serverDelayMs,
      startedAtMs: this.#startedAtMs,
    };
  }

  get #url(): string {
    return this.#parts.settings.url;
  }

  get #passed(): number {
    const { delivered, dropped } = this.#parts.listener;
    return delivered + dropped;
  }

  get #ringDropped(): number {
    return this.#parts.listener.dropped - this.#droppedBefore - this.#pump.skipped;
  }

  get #serverDelayMs(): number | null {
    const [trip, ring] = [this.#status?.roundTripMs ?? null, this.#times.figures];
    if (trip === null || ring === null || this.#connection === null) return null;
    const waitMs = (this.#connection.bufferedBytes * 8) / this.#parts.settings.bitrateKbps;
    return ring.p50 + waitMs + trip / 2;
  }

  /** Brings the books up to now. After its end, what is mixed is no part of it. */
  #follow(): void {
    if (this.#connection !== null) this.#books.settle(this.#connection.bufferedBytes);
    else if (this.#startedAtMs !== null && this.#over === null) this.#pump.skip();
  }

  async #carry(connection: Connection, signal: AbortSignal): Promise<void> {
    this.#connection = connection;
    this.#times.restart();
    this.#isFull = false;
    try {
      this.#encoder = await this.#openEncoder(connection);
      if (this.#startedAtMs === null) this.#begin();
      const gate = { isFull: () => this.#gate(connection) };
      const halted = AbortSignal.any([signal, this.#halt.signal]);
      const goesOn = await this.#pump.run(this.#encoder, gate, halted);
      if (!goesOn) this.stop('session-closed');
      if (this.#over !== null) await this.#sayFarewell(connection);
    } catch {
      this.#fail();
    }
    this.#leave(connection);
  }

  async #sayFarewell(connection: Connection): Promise<void> {
    await this.#encoder?.finish();
    this.#link.close();
    await Promise.race([connection.ended, after(farewellMs)]);
  }

  #openEncoder(connection: Connection): Promise<StreamEncoder> {
    const { openEncoder, rateHz, settings } = this.#parts;
    const { bitrateKbps, pageMs } = settings;
    const onPage = (page: EncodedPage): void => this.#send(connection, page);
    const onFailure = (): void => this.#fail();
    return openEncoder({ rateHz, bitrateKbps, pageMs, onPage, onFailure });
  }

  /** What was mixed before this moment is no part of the broadcast. */
  #begin(): void {
    const { listener } = this.#parts;
    listener.skipAhead();
    this.#passedBefore = this.#passed;
    this.#droppedBefore = listener.dropped;
    this.#startedAtMs = Date.now();
  }

  #leave(connection: Connection): void {
    this.#encoder?.close();
    this.#encoder = null;
    this.#books.settle(connection.bufferedBytes);
    this.#books.lose();
    this.#connection = null;
  }

  #send(connection: Connection, page: EncodedPage): void {
    if (!connection.isOpen) return;
    connection.send(page.bytes);
    this.#books.send(page);
    this.#times.sent(page.frames, performance.now());
  }

  #gate(connection: Connection): boolean {
    const { bufferedBytes } = connection;
    this.#books.settle(bufferedBytes);
    const most = this.#isFull ? this.#mostBytes * enoughShare : this.#mostBytes;
    this.#isFull = bufferedBytes > most;
    return this.#isFull;
  }

  #fail(): void {
    this.#encoder?.close();
    this.#encoder = null;
    this.stop('encoder-failed');
  }

  #enter(condition: StreamCondition): void {
    this.#condition = condition;
    this.#tell();
  }

  #tell(): void {
    this.#parts.tell(this.status);
  }

  #toMs(frames: number): number {
    return (frames * 1000) / this.#parts.rateHz;
  }
}

function conditionOf(
  state: StreamCondition['state'],
  code: StreamCode,
  url: string,
): StreamCondition {
  return { state, code, reason: reasonOf(code, url), attempt: 1, nextTryMs: null };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
