import {
  type Session,
  type Stream,
  Streamer,
  type StreamFormatSupport,
  type StreamOptions,
  type StreamStatus,
} from '../../lib/index.ts';
import type { Activity } from './activity.ts';
import type {
  BroadcastDesk,
  BroadcastFormatChoice,
  BroadcastSettings,
  BroadcastState,
  BroadcastStatus,
} from './broadcast-desk.ts';
import { broadcastNotice, broadcastNotIsolated, isSending } from './broadcast-words.ts';
import { DelayHistory } from './delay-history.ts';
import { startWorker } from './own-worker.ts';
import { problemOf } from './problem.ts';
import { isMeasuring, type PageState } from './page-state.ts';
import { Store } from './store.ts';

/** What the desk needs of the page. */
export interface BroadcastPage {
  readonly store: Store<PageState>;
  readonly activity: Store<Activity>;
}

const nothingSent: BroadcastStatus = {
  ...{ phase: 'idle', reason: '', attempt: 0, nextTryAtMs: null },
  ...{ sentBytes: 0, sentMs: 0, waitingMs: 0, waitingBytes: 0, droppedMs: 0 },
  ...{ ringToSocketMs: null, serverDelayMs: null, liveSinceMs: null },
};

/** What the page's own server hands on to the broadcast's; its status page lies beside the mounts. */
const ownFolder = '/webcast/';

/** The page's own desk: sends the session's mix. */
export class LiveBroadcastDesk implements BroadcastDesk {
  readonly store: Store<BroadcastState> = new Store<BroadcastState>({
    settings: {
      ...{ url: `${ownFolder}live`, user: 'dj', format: 'opus', bitrateKbps: 96 },
      ...{ title: '', artist: '' },
    },
    ...{ isReady: false, formats: null, status: nothingSent, isTold: true, notice: null },
  });
  readonly history: DelayHistory = new DelayHistory();
  readonly #page: BroadcastPage;
  #session: Session | null = null;
  #starting: AbortController | null = null;
  #stream: Stream | null = null;
  /** By the page's clock: the last second that is in the history, and what was dropped until then. */
  #notedMs = -Infinity;
  #notedDroppedMs = 0;

  /** @param signal Ends it with the page. */
  constructor(page: BroadcastPage, signal: AbortSignal) {
    this.#page = page;
    page.store.watch((state) => this.#adopt(isMeasuring(state) ? state.session : null), signal);
  }

  async start(password: string): Promise<void> {
    const session = this.#session;
    if (session === null || isSending(this.store.state.status.phase)) return;
    if (session.memory === null) this.store.update({ notice: broadcastNotIsolated });
    else await this.#open(session, password);
  }

  async stop(): Promise<void> {
    this.#starting?.abort();
    await this.#stream?.stop();
  }

  change(patch: Partial<BroadcastSettings>): void {
    const { settings, isTold } = this.store.state;
    const isSame = patch.title === undefined && patch.artist === undefined;
    this.store.update({ settings: { ...settings, ...patch }, isTold: isTold && isSame });
  }

  tell(): void {
    const { title, artist } = this.store.state.settings;
    try {
      this.#stream?.setMetadata({ title, artist });
      this.store.update({ isTold: true });
    } catch (error) {
      this.store.update({ notice: noticeOf(error) });
    }
  }

  dismiss(): void {
    this.store.update({ notice: null });
  }

  async #open(session: Session, password: string): Promise<void> {
    const starting = (this.#starting = new AbortController());
    const status = { ...nothingSent, phase: 'connecting' } as const;
    this.#begin();
    this.store.update({ status, isTold: true, notice: null });
    this.#mark(status);
    try {
      const streamer = new Streamer(session, { startWorker });
      const options = optionsOf(this.store.state.settings, password);
      this.#follow(await streamer.start({ ...options, signal: starting.signal }));
    } catch (error) {
      const notice = starting.signal.aborted ? null : noticeOf(error);
      this.store.update({ status: nothingSent, notice });
      this.#mark(nothingSent);
    }
  }

  #begin(): void {
    this.history.clear();
    this.#notedMs = -Infinity;
    this.#notedDroppedMs = 0;
  }

  #follow(stream: Stream): void {
    this.#stream = stream;
    stream.on('status', (status) => this.#hear(status));
    this.#hear(stream.status);
    if (this.#session === null) void stream.stop();
  }

  #hear(heard: StreamStatus): void {
    const status = statusOf(heard, this.#nextTryAt(heard));
    this.#note(heard);
    this.store.update({ status });
    this.#mark(status);
    if (!isSending(status.phase)) this.#stream = null;
  }

  // Told again and again while it is waited for, always as long as it was at first.
  #nextTryAt({ attempt, nextTryMs }: StreamStatus): number | null {
    const { status } = this.store.state;
    if (nextTryMs === null) return null;
    const isKnown = status.attempt === attempt && status.nextTryAtMs !== null;
    return isKnown ? status.nextTryAtMs : performance.now() + nextTryMs;
  }

  #note({ state, ringToSocketMs, serverDelayMs, droppedMs }: StreamStatus): void {
    const nowMs = performance.now();
    if (!isSending(state) || nowMs - this.#notedMs < 1000) return;
    // Whole seconds, so that a late event does not shift the ones after it.
    const isFirst = this.#notedMs === -Infinity;
    this.#notedMs = isFirst || nowMs - this.#notedMs > 2000 ? nowMs : this.#notedMs + 1000;
    this.history.add({
      ringToSocketMs: state === 'live' ? (ringToSocketMs?.p95 ?? null) : null,
      serverDelayMs: state === 'live' ? serverDelayMs : null,
      droppedMs: droppedMs - this.#notedDroppedMs,
    });
    this.#notedDroppedMs = droppedMs;
  }

  #mark({ phase, liveSinceMs }: BroadcastStatus): void {
    const { onAir } = this.#page.activity.state;
    const isOn = phase === 'connecting' || phase === 'live' || phase === 'reconnecting';
    const seconds = liveSinceMs === null ? null : Math.floor((Date.now() - liveSinceMs) / 1000);
    const isSame = isOn ? onAir?.state === phase && onAir.seconds === seconds : onAir === null;
    if (!isSame) this.#page.activity.update({ onAir: isOn ? { state: phase, seconds } : null });
  }

  #adopt(session: Session | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.store.update({ isReady: session !== null });
    if (session === null) void this.stop();
    else if (session.memory !== null) void this.#askFormats(session);
  }

  async #askFormats(session: Session): Promise<void> {
    try {
      const formats = await new Streamer(session, { startWorker }).formats();
      this.store.update({ formats: formats.map(choiceOf) });
    } catch (error) {
      this.store.update({ notice: noticeOf(error) });
    }
  }
}

function optionsOf(settings: BroadcastSettings, password: string): StreamOptions {
  const { url, user, format, bitrateKbps, title, artist } = settings;
  const statusUrl = url.startsWith(ownFolder) ? { statusUrl: `${ownFolder}status` } : {};
  return {
    ...{ url, user, password, format, bitrateKbps },
    ...(title === '' ? {} : { title }),
    ...(artist === '' ? {} : { artist }),
    ...statusUrl,
  };
}

const choiceOf = ({ format, isSupported, reason }: StreamFormatSupport): BroadcastFormatChoice => ({
  format,
  isSupported,
  reason: reason ?? '',
});

const statusOf = (status: StreamStatus, nextTryAtMs: number | null): BroadcastStatus => ({
  ...{ phase: status.state, reason: status.reason, attempt: status.attempt },
  nextTryAtMs,
  ...{ sentBytes: status.sentBytes, sentMs: status.sentMs, waitingMs: status.pendingMs },
  ...{ waitingBytes: status.bufferedBytes, droppedMs: status.droppedMs },
  ...{ ringToSocketMs: status.ringToSocketMs, serverDelayMs: status.serverDelayMs },
  liveSinceMs: status.startedAtMs,
});

function noticeOf(error: unknown): ReturnType<typeof broadcastNotice> {
  if (error instanceof RangeError) return wrongSetting(error);
  return broadcastNotice(problemOf(error, 'The broadcast met an error that it does not know.'));
}

const wrongSetting = (cause: RangeError): ReturnType<typeof broadcastNotice> =>
  broadcastNotice({
    code: 'wrong-setting',
    message: 'The broadcast cannot begin with these settings.',
    remedy: 'Mend what the words below name, then press “Broadcast” again.',
    cause,
  });
