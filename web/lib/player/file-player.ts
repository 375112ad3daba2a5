import type { ProducerData } from '../bus/producer.ts';
import { Emitter } from '../emitter.ts';
import { checkRange, type PlayerError } from '../errors.ts';
import type { WorkerStarter } from '../worker-starter.ts';
import type { FileFacts, PlayerOrder, PlayerReport } from './messages.ts';
import {
  fileDamaged,
  fileRefused,
  foreignAddress,
  inputTaken,
  playerClosed,
  workerFailed,
} from './player-errors.ts';
import playerWorkerUrl from './player-worker.ts?worker&url';
import { HeardPosition } from './position.ts';

/** The part of a push input that a player needs. */
export interface PlayerInput {
  readonly producer: { transfer(): ProducerData };
  readonly status: { readonly takenFrames: number; readonly underruns: number };
  on(name: 'close', listener: () => void): () => void;
  close(): void;
}

/** The part of a session that a player needs. */
export interface PlayerSession {
  readonly sources: readonly ({ readonly label: string } | null)[];
  pushInput(options: {
    readonly input: number;
    readonly sampleRate: number;
    readonly channels: number;
    readonly pace: 'on-demand';
    readonly label: string;
    readonly signal?: AbortSignal;
  }): Promise<PlayerInput>;
}

/** How to play a file; everything has a default. */
export interface FilePlayerOptions {
  /** The input of the mixer, 0 to 7, which is free. Default: the first that is. */
  readonly input?: number;
  /** Go on with the first frame right behind the last. Default false. */
  readonly loop?: boolean;
  /** What a person calls it. Default: the file's name. */
  readonly label?: string;
  /** Starts the Worker, under the page's own policy where it has one. */
  readonly startWorker?: WorkerStarter;
  /** Gives it up while it is being opened. */
  readonly signal?: AbortSignal;
}

/**
 * `paused`: open; silent, or about to be. `playing`. `ended`: the last frame was heard. `failed`: the
 * file could not be read any further, or the Worker was lost. `closed`: for good.
 */
export type PlayerState = 'paused' | 'playing' | 'ended' | 'failed' | 'closed';

/** What a player does, and where it is. */
export interface PlayerStatus {
  readonly state: PlayerState;
  /** The place in the file that the mixer takes now; an order shows some 0.2 s later. */
  readonly positionSec: number;
  readonly durationSec: number;
  readonly loop: boolean;
  /** Times that the mixer wanted frames that were not decoded yet. */
  readonly underruns: number;
  readonly error: PlayerError | null;
}

/** What happens. */
export interface PlayerEvents {
  /** The state or the error changed. */
  status: PlayerStatus;
  /** The last frame of the file was heard, and it does not loop. */
  end: null;
  close: null;
}

const startModule: WorkerStarter = (url) => new Worker(url, { type: 'module' });

/**
 * Plays a file, or a file at an address, into an input of the mixer. It is read and decoded piece by
 * piece in a Worker, so it may be as long as it likes. Page only; needs shared memory.
 *
 * ```ts
 * using music = await FilePlayer.open(session, file, { input: 1, loop: true });
 * music.play();
 * ```
 */
export class FilePlayer extends Emitter<PlayerEvents> implements Disposable {
  /** The input of the mixer that it feeds. */
  readonly input: number;
  readonly label: string;
  readonly file: FileFacts;
  readonly #worker: Worker;
  readonly #source: PlayerInput;
  readonly #position = new HeardPosition();
  #state: PlayerState = 'paused';
  #error: PlayerError | null = null;
  #loop: boolean;
  #lengthFrames: number | null = null;
  #underruns = 0;
  #idleUnderruns = 0;
  #lastSec = 0;

  private constructor(
    worker: Worker,
    source: PlayerInput,
    { input, label, loop }: { input: number; label: string; loop: boolean },
    file: FileFacts,
  ) {
    super();
    this.#worker = worker;
    this.#source = source;
    this.input = input;
    this.label = label;
    this.#loop = loop;
    this.file = file;
    worker.addEventListener('message', ({ data }: MessageEvent<PlayerReport>) => this.#hear(data));
    worker.addEventListener('error', ({ message }) => this.#fail(workerFailed(message)));
    source.on('close', () => this.close());
    this.#order({ kind: 'start', producer: source.producer.transfer(), loop });
  }

  /**
   * Opens a file, paused at its beginning, and takes an input for it.
   *
   * @param source A file, or an address of the page's own origin; a server that answers requests for
   *   ranges is asked for the parts that are played, any other for the whole.
   * @throws PlayerError, RangeError for a wrong option, what `session.pushInput()` throws, the signal's
   *   reason.
   */
  static async open(
    session: PlayerSession,
    source: Blob | string | URL,
    options: FilePlayerOptions = {},
  ): Promise<FilePlayer> {
    const { loop = false, startWorker = startModule, signal } = options;
    const input = freeInput(session, options.input);
    const { content, label } = described(source, options.label);
    const worker = startWorker(playerWorkerUrl);
    try {
      const file = await opened(worker, content, label, signal);
      freeInput(session, input);
      const { sampleRate, channels } = file;
      const wanted = { input, sampleRate, channels, pace: 'on-demand', label } as const;
      const taken = await session.pushInput(signal === undefined ? wanted : { ...wanted, signal });
      return new FilePlayer(worker, taken, { input, label, loop }, file);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** The state, and the place that is heard now. */
  get status(): PlayerStatus {
    const { durationSec, sampleRate } = this.file;
    const frames = this.#lengthFrames;
    return {
      state: this.#state,
      positionSec: this.#heardSec(),
      durationSec: frames === null ? durationSec : frames / sampleRate,
      loop: this.#loop,
      underruns: this.#countUnderruns(),
      error: this.#error,
    };
  }

  /** Whether it begins again at the end. */
  get loop(): boolean {
    return this.#loop;
  }

  set loop(loop: boolean) {
    this.#loop = loop;
    this.#order({ kind: 'loop', loop });
  }

  /** Goes on where it was; after the end, from the beginning. @throws PlayerError `closed` */
  play(): void {
    this.#order({ kind: 'play' });
  }

  /** Holds behind what the ring holds already, 0.2 s at most; no frame is lost. @throws PlayerError `closed` */
  pause(): void {
    this.#order({ kind: 'pause' });
  }

  /**
   * Goes on at a place, exact to the frame; in WebM and Matroska, whose times are rounded, to the
   * millisecond.
   *
   * @param sec From 0; rounded to a frame. Behind the end is the end.
   * @throws RangeError, PlayerError `closed`
   */
  seek(sec: number): void {
    checkRange('player.seek', sec, 0, Number.MAX_SAFE_INTEGER, 's');
    const within = Math.min(sec, this.status.durationSec);
    this.#order({ kind: 'seek', frame: Math.round(within * this.file.sampleRate) });
  }

  /** Ends the Worker and gives the input back. A second call does nothing. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#lastSec = this.#heardSec();
    this.#underruns = this.#countUnderruns();
    this.#worker.terminate();
    this.#enter('closed', this.#error);
    this.#source.close();
    this.emit('close', null);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #heardSec(): number {
    if (this.#state === 'closed') return this.#lastSec;
    const frame = this.#position.at(this.#source.status.takenFrames);
    return Math.min(frame, this.#lengthFrames ?? frame) / this.file.sampleRate;
  }

  #countUnderruns(): number {
    if (this.#state !== 'playing') return this.#underruns;
    return this.#source.status.underruns - this.#idleUnderruns;
  }

  #order(order: PlayerOrder): void {
    if (this.#state === 'closed') throw playerClosed();
    this.#worker.postMessage(order);
  }

  #hear(report: PlayerReport): void {
    switch (report.kind) {
      case 'opened':
      case 'refused':
        return;
      case 'span':
        this.#position.follow(report);
        return;
      case 'length':
        this.#lengthFrames = report.frames;
        return;
      case 'damaged': {
        const sec = report.frame / this.file.sampleRate;
        this.#enter('failed', fileDamaged(this.label, sec, report.reason));
        return;
      }
      case 'state':
        this.#underruns = report.underruns;
        this.#idleUnderruns = report.idleUnderruns;
        this.#enter(report.state, null);
        if (report.state === 'ended') this.emit('end', null);
    }
  }

  #fail(error: PlayerError): void {
    this.#underruns = this.#countUnderruns();
    this.#enter('failed', error);
  }

  #enter(state: PlayerState, error: PlayerError | null): void {
    this.#state = state;
    this.#error = error;
    this.emit('status', this.status);
  }
}

function freeInput({ sources }: PlayerSession, wanted: number | undefined): number {
  const input = wanted ?? Math.max(0, sources.indexOf(null));
  const taken = sources[input] ?? null;
  if (taken !== null) throw inputTaken(input, taken.label);
  return input;
}

function described(
  source: Blob | string | URL,
  label: string | undefined,
): { content: Blob | string; label: string } {
  if (source instanceof Blob) {
    return { content: source, label: label ?? (source as Partial<File>).name ?? 'Audio file' };
  }
  const url = new URL(source, location.href);
  if (url.origin !== location.origin) throw foreignAddress(url);
  const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  return { content: url.href, label: label ?? (name === '' ? url.pathname : name) };
}

/** What the Worker finds in the file. */
async function opened(
  worker: Worker,
  source: Blob | string,
  label: string,
  signal: AbortSignal | undefined,
): Promise<FileFacts> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<FileFacts>();
  const watch = new AbortController();
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<PlayerReport>) => {
      if (data.kind === 'opened') resolve(data.file);
      if (data.kind === 'refused') reject(fileRefused(label, data.refusal));
    },
    watch,
  );
  worker.addEventListener('error', ({ message }) => reject(workerFailed(message)), watch);
  signal?.addEventListener('abort', () => reject(signal.reason as Error), watch);
  worker.postMessage({ kind: 'open', source } satisfies PlayerOrder);
  return promise.finally(() => watch.abort());
}
