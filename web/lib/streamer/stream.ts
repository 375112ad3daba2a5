import { Emitter } from '../emitter.ts';
import type { StreamOrder, StreamReport } from './messages.ts';
import { checkedMetadata } from './stream-settings.ts';
import type { StreamMetadata, StreamStatus } from './stream-status.ts';
import { reasonOf, streamEnded } from './stream-words.ts';

/** What happens to a broadcast. */
export interface StreamEvents {
  /** It stands otherwise; at least four times a second while it runs. */
  status: StreamStatus;
}

/** What a broadcast's Worker leaves behind. */
export interface StreamParts {
  readonly worker: Worker;
  /** For the words about it: nothing else of the settings is kept on the page. */
  readonly url: string;
  /** Takes the place in the mix's list of listeners back. */
  readonly release: () => void;
  /** Sound that was mixed so far. */
  readonly mixedMs: () => number;
}

/** When the page looks after the Worker. What it sees is counted in sound, which a page that sleeps hears none of. */
const lookMs = 1000;
/** Sound that may come while the Worker, which tells of itself four times a second, says nothing. */
const mostSilentMs = 20_000;

/** A broadcast that was started. Made by `Streamer.start()`. Page only. */
export class Stream extends Emitter<StreamEvents> implements AsyncDisposable {
  readonly #parts: StreamParts;
  readonly #ended: Promise<void>;
  #end: () => void = () => undefined;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardAtMs: number;
  #isOver = false;
  #status: StreamStatus;

  constructor(parts: StreamParts) {
    super();
    this.#parts = parts;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#status = firstStatus(parts.url);
    const { worker } = parts;
    worker.addEventListener('message', ({ data }: MessageEvent<StreamReport>) => this.#hear(data));
    worker.addEventListener('error', () => this.#lose());
    this.#heardAtMs = parts.mixedMs();
    this.#timer = setInterval(() => this.#look(), lookMs);
  }

  /** How it stands. */
  get status(): StreamStatus {
    return this.#status;
  }

  /**
   * Changes what is said to be on air. What is not named stays.
   *
   * @throws RangeError, StreamError when it has ended.
   */
  setMetadata(metadata: StreamMetadata): void {
    if (this.#isOver) throw streamEnded();
    this.#send({ kind: 'metadata', metadata: checkedMetadata(metadata) });
  }

  /** Ends it, after what is encoded has been sent. A second call waits for the same end. */
  async stop(): Promise<void> {
    if (!this.#isOver) this.#send({ kind: 'stop' });
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #send(order: StreamOrder): void {
    this.#parts.worker.postMessage(order);
  }

  #look(): void {
    if (this.#parts.mixedMs() - this.#heardAtMs > mostSilentMs) this.#lose();
  }

  #hear(report: StreamReport): void {
    this.#heardAtMs = this.#parts.mixedMs();
    switch (report.kind) {
      case 'ready':
        return;
      case 'status':
        this.#enter(report.status);
        return;
      case 'ended':
        this.#finish();
        return;
      case 'failed':
        this.#lose();
    }
  }

  #lose(): void {
    if (this.#isOver) return;
    const code = 'worker-failed';
    const reason = reasonOf(code, this.#parts.url);
    this.#enter({ ...this.#status, state: 'stopped', code, reason, nextTryMs: null });
    this.#parts.release();
    this.#finish();
  }

  #finish(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#parts.worker.terminate();
    this.#end();
  }

  #enter(status: StreamStatus): void {
    this.#status = status;
    this.emit('status', status);
  }
}

function firstStatus(url: string): StreamStatus {
  return {
    state: 'connecting',
    code: 'opening',
    reason: reasonOf('opening', url),
    attempt: 1,
    nextTryMs: null,
    sentBytes: 0,
    sentMs: 0,
    droppedMs: 0,
    pendingMs: 0,
    takenMs: 0,
    ringDroppedMs: 0,
    bufferedBytes: 0,
    ringToSocketMs: null,
    serverDelayMs: null,
    startedAtMs: null,
  };
}
