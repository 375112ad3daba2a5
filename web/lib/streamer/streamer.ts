import { FrameListener } from '../bus/frame-listener.ts';
import type { MixBus } from '../bus/mix-bus.ts';
import { startModule, type WorkerStarter } from '../worker-starter.ts';
import { formatSupport, type StreamFormatSupport } from './format-support.ts';
import type { StreamOrder, StreamReport } from './messages.ts';
import { Stream } from './stream.ts';
import { type StreamOptions, type StreamSettings, streamSettings } from './stream-settings.ts';
import { formatUnsupported, workerFailed } from './stream-words.ts';
import streamWorkerUrl from './stream-worker.ts?worker&url';

/** What a streamer needs of a session. */
export interface StreamedSession {
  readonly mix: MixBus;
}

/** How to make a streamer; everything has a default. */
export interface StreamerOptions {
  /** Starts the Worker, under the page's own policy where it has one. */
  readonly startWorker?: WorkerStarter;
  /** Where the Worker is, for bundlers that do not find it. */
  readonly workerUrl?: string;
}

/**
 * Broadcasts a session's mix to an Icecast server by way of Liquidsoap's harbor. A Worker reads the mix
 * ring, encodes and sends; the audio thread knows nothing of it. Page only; needs shared memory.
 *
 * ```ts
 * const stream = await new Streamer(session).start({
 *   url: '/webcast/live', statusUrl: '/webcast/status', user: 'dj', password,
 * });
 * stream.on('status', ({ state, reason }) => show(state, reason));
 * ```
 */
export class Streamer {
  readonly #session: StreamedSession;
  readonly #options: StreamerOptions;

  constructor(session: StreamedSession, options: StreamerOptions = {}) {
    this.#session = session;
    this.#options = options;
  }

  /** The formats, and whether this browser encodes them at the session's rate. */
  formats(): Promise<readonly StreamFormatSupport[]> {
    return formatSupport(this.#session.mix.sampleRate);
  }

  /**
   * Starts a broadcast. It is connected when its status says so: a server that is not there is no error
   * here, but a state.
   *
   * @throws RangeError for a wrong option, StreamError, SessionError where the session has no mix or
   *   shares no memory, the signal's reason.
   */
  async start(options: StreamOptions): Promise<Stream> {
    const settings = streamSettings(options, location.href);
    options.signal?.throwIfAborted();
    await this.#requireSupport(settings);
    const { mix } = this.#session;
    const listener = mix.listen({ name: 'broadcast' }).transfer();
    const release = (): void => FrameListener.attach(listener).close();
    const worker = this.#startWorker();
    try {
      const mixedMs = (): number => (mix.published * 1000) / mix.sampleRate;
      const stream = new Stream({ worker, url: settings.url, release, mixedMs });
      const order = { kind: 'start', settings, listener, rateHz: mix.sampleRate } as const;
      worker.postMessage(order satisfies StreamOrder);
      await untilReady(worker, options.signal);
      options.signal?.addEventListener('abort', () => void stream.stop(), { once: true });
      return stream;
    } catch (error) {
      worker.terminate();
      release();
      throw error;
    }
  }

  #startWorker(): Worker {
    const { startWorker = startModule, workerUrl = streamWorkerUrl } = this.#options;
    return startWorker(workerUrl);
  }

  async #requireSupport({ format }: StreamSettings): Promise<void> {
    const support = (await this.formats()).find((known) => known.format === format);
    if (support?.isSupported !== false) return;
    throw formatUnsupported(format, support.reason ?? 'it has no encoder');
  }
}

function untilReady(worker: Worker, signal: AbortSignal | undefined): Promise<void> {
  const watch = new AbortController();
  return new Promise<void>((resolve, reject) => {
    const hear = ({ data }: MessageEvent<StreamReport>): void => {
      if (data.kind === 'failed') reject(workerFailed(data.reason));
      if (data.kind === 'ready') resolve();
    };
    worker.addEventListener('message', hear, watch);
    worker.addEventListener('error', ({ message }) => reject(workerFailed(message)), watch);
    signal?.addEventListener('abort', () => reject(signal.reason as Error), watch);
  }).finally(() => watch.abort());
}
