import type { ReadonlyAudioBus } from '../bus/audio-bus.ts';
import type { ListenerData } from '../bus/follower.ts';
import { Listener } from '../bus/listener.ts';
import { Emitter } from '../emitter.ts';
import { checkRange, SpeechError } from '../errors.ts';
import { startModule, type WorkerStarter } from '../worker-starter.ts';
import { Heartbeat } from './heartbeat.ts';
import type { SpeechOrder, SpeechReport } from './messages.ts';
import { type LoadOptions, loadModel } from './model-loader.ts';
import type { SpeechModel } from './model-files.ts';
import { OpenSegments } from './open-segments.ts';
import { modelFailed, speechClosed, workerFailed } from './speech-errors.ts';
import type { SpeechSegment } from '../speech-segment.ts';
import speechWorkerUrl from './stt-worker.ts?worker&url';
import type { FinalText, PartialText, SkippedSpeech } from './text-event.ts';
import type { TranscriberOptions } from './transcriber.ts';

/** How to make text of speech; everything has a default. */
export interface SpeechToTextOptions extends LoadOptions, TranscriberOptions {
  /** Default `moonshine-tiny`. */
  readonly model?: SpeechModel;
  /** Shown in the bus's status. Default `speech to text`. */
  readonly name?: string;
  /**
   * Sound that may come while the Worker is silent, before it is taken for lost, 1000 to 30000. Default
   * 10000: the ring holds 32 s.
   */
  readonly stallMs?: number;
  /** Starts the Worker, under the page's own policy where it has one. */
  readonly startWorker?: WorkerStarter;
}

/**
 * `loading`: the model comes. `ready`: segments become text. `restarting`: the Worker was lost, a new
 * one comes; segments wait. `failed`: it does not work here. `closed`: for good.
 */
export type SpeechState = 'loading' | 'ready' | 'restarting' | 'failed' | 'closed';

/** The state, and the error behind it. */
export interface SpeechStatus {
  readonly state: SpeechState;
  readonly error: SpeechError | null;
  /** Workers that were lost. */
  readonly restarts: number;
}

/** What happens. */
export interface SpeechEvents {
  /** Text, partial or final: a later one of the same `startSample` takes its place. */
  text: PartialText | FinalText;
  /** Sound of a segment that the ring did not hold any more when the Worker came to it. */
  skipped: SkippedSpeech;
  status: SpeechStatus;
}

/** Lost so often in a row without a text in between, Workers are given up. */
const mostLosses = 2;
/** When the page looks. What it sees is counted in sound. */
const lookMs = 250;

/**
 * Makes text of segments of a bus, in a Worker of its own, which reads the sound from the bus itself.
 * A Worker that hangs or dies is replaced; the new one takes up what has no final text yet, as far as
 * the bus still holds it. Page only; needs shared memory.
 *
 * ```ts
 * await using stt = await SpeechToText.load(session.bus, { onProgress });
 * stt.on('text', ({ kind, text }) => render(kind, text));
 * stt.update(segment);
 * ```
 */
export class SpeechToText extends Emitter<SpeechEvents> implements AsyncDisposable {
  readonly #bus: ReadonlyAudioBus;
  readonly #options: SpeechToTextOptions;
  readonly #segments: OpenSegments;
  readonly #listener: ListenerData;
  readonly #heartbeat = new Heartbeat();
  readonly #ends = new AbortController();
  #worker: Worker | null = null;
  #status: SpeechStatus = { state: 'loading', error: null, restarts: 0 };
  #losses = 0;

  private constructor(bus: ReadonlyAudioBus, options: SpeechToTextOptions) {
    super();
    this.#bus = bus;
    this.#options = options;
    this.#segments = new OpenSegments(options.partialEveryMs ?? 500);
    this.#listener = bus.listen({ name: options.name ?? 'speech to text' }).transfer();
    const timer = setInterval(() => this.#look(), lookMs);
    this.#ends.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /**
   * Loads the model and starts the Worker.
   *
   * @throws SpeechError, RangeError for a wrong option, the signal's reason, DOMException
   *   DataCloneError where memory cannot be shared.
   */
  static async load(
    bus: ReadonlyAudioBus,
    options: SpeechToTextOptions = {},
  ): Promise<SpeechToText> {
    checkRange('stt.stallMs', options.stallMs, 1000, 30_000, 'ms');
    checkRange('stt.longestMs', options.longestMs, 2000, 30_000, 'ms');
    const speech = new SpeechToText(bus, options);
    try {
      await speech.#start(options.signal);
      speech.#enter({ state: 'ready' });
      return speech;
    } catch (error) {
      await speech.close();
      throw error;
    }
  }

  /** The state now. */
  get status(): SpeechStatus {
    return this.#status;
  }

  /**
   * Takes a segment: when it begins, whenever it has grown, and when it has ended, each time as a whole.
   *
   * @throws SpeechError `closed`, or why it has failed.
   */
  update(segment: SpeechSegment): void {
    if (this.#status.state === 'closed') throw speechClosed();
    if (this.#status.error !== null && this.#status.state === 'failed') throw this.#status.error;
    if (this.#segments.update(segment) && this.#status.state === 'ready') this.#send(segment);
  }

  /** Forgets a segment that turned out to be no speech: no final text of it comes. */
  cancel({ startSample }: Pick<SpeechSegment, 'startSample'>): void {
    if (!this.#segments.forget(startSample)) return;
    this.#worker?.postMessage({ kind: 'cancel', startSample } satisfies SpeechOrder);
  }

  /** Ends the Worker. Segments without a final text get none. A second call does nothing. */
  async close(): Promise<void> {
    if (this.#ends.signal.aborted) return;
    this.#ends.abort(speechClosed());
    this.#drop();
    // Takes the place in the status over from the Worker, and gives it back.
    Listener.attach(this.#listener).close();
    this.#enter({ state: 'closed' });
    await Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(signal: AbortSignal = this.#ends.signal): Promise<void> {
    const { model = 'moonshine-tiny', startWorker = startModule } = this.#options;
    const contents = await loadModel(model, { ...this.#options, signal });
    this.#ends.signal.throwIfAborted();
    const worker = startWorker(speechWorkerUrl);
    this.#worker = worker;
    await this.#untilReady(worker, contents, signal);
    worker.addEventListener('message', ({ data }: MessageEvent<SpeechReport>) => {
      if (worker === this.#worker) this.#hear(data);
    });
    worker.addEventListener('error', ({ message }) => {
      if (worker === this.#worker) void this.#restart(message);
    });
    this.#heartbeat.beat(this.#bus.published);
  }

  #untilReady(
    worker: Worker,
    model: Awaited<ReturnType<typeof loadModel>>,
    signal: AbortSignal,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watch = new AbortController();
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<SpeechReport>) => {
        if (data.kind === 'failed') reject(modelFailed(data.reason));
        if (data.kind === 'ready') resolve();
      },
      watch,
    );
    worker.addEventListener('error', ({ message }) => reject(modelFailed(message)), watch);
    for (const end of [signal, this.#ends.signal]) {
      end.addEventListener('abort', () => reject(end.reason as Error), watch);
    }
    const { partialEveryMs, longestMs, threshold } = this.#options;
    const options = defined({ partialEveryMs, longestMs, threshold });
    const heartbeat = this.#heartbeat.buffer;
    const order = { kind: 'load', model, listener: this.#listener, heartbeat, options } as const;
    worker.postMessage(order satisfies SpeechOrder, {
      transfer: Object.values(model).map(({ buffer }) => buffer),
    });
    return promise.finally(() => watch.abort());
  }

  #hear(report: SpeechReport): void {
    switch (report.kind) {
      case 'ready':
        return;
      case 'failed':
        void this.#restart(report.reason);
        return;
      case 'event':
        this.#tell(report.event);
    }
  }

  #tell(event: PartialText | FinalText | SkippedSpeech): void {
    if (event.kind === 'skipped') return this.emit('skipped', event);
    this.#losses = 0;
    if (event.kind === 'final') this.#segments.settle(event);
    this.emit('text', event);
  }

  #look(): void {
    if (this.#status.state !== 'ready') return;
    const { chunkFrames, sampleRate, published } = this.#bus;
    const silenceMs = (this.#heartbeat.silence(published) * chunkFrames * 1000) / sampleRate;
    if (silenceMs <= (this.#options.stallMs ?? 10_000)) return;
    void this.#restart(`it was silent for ${Math.round(silenceMs)} ms of sound`);
  }

  async #restart(reason: string): Promise<void> {
    if (this.#status.state !== 'ready') return;
    this.#drop();
    this.#losses += 1;
    const restarts = this.#status.restarts + 1;
    if (this.#losses > mostLosses) {
      this.#fail(workerFailed(reason), restarts);
      return;
    }
    this.#enter({ state: 'restarting', restarts });
    try {
      await this.#start();
    } catch (error) {
      if (this.#ends.signal.aborted) return;
      const known = error instanceof SpeechError ? error : modelFailed(String(error));
      this.#fail(known, restarts);
      return;
    }
    this.#enter({ state: 'ready' });
    for (const segment of this.#segments.open) this.#send(segment);
  }

  #send(segment: SpeechSegment): void {
    const from = this.#segments.beginOf(segment);
    this.#worker?.postMessage({ kind: 'segment', segment, from } satisfies SpeechOrder);
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #fail(error: SpeechError, restarts: number): void {
    this.#drop();
    this.#enter({ state: 'failed', error, restarts });
  }

  #enter(change: Partial<SpeechStatus>): void {
    this.#status = { ...this.#status, error: null, ...change };
    this.emit('status', this.#status);
  }
}

/** Without the members that are undefined. */
function defined<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
