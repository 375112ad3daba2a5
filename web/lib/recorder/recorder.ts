import type { MixBus } from '../bus/mix-bus.ts';
import { channelsAt } from '../../shared/flight-log.ts';
import { FlightTail } from '../../shared/flight-tail.ts';
import { constants } from '../../shared/layout.gen.ts';
import { checkRange, reject } from '../errors.ts';
import { startModule, type WorkerStarter } from '../worker-starter.ts';
import type { NewTake, SoundTask } from './messages.ts';
import { type FormatSupport, formatNames, type RecordFormat } from './record-format.ts';
import { formatUnsupported, nothingToRecord, recorderClosed } from './recorder-errors.ts';
import { Recording } from './recording.ts';
import type { Take, TakeSource } from './take.ts';
import { TakeStore } from './take-store.ts';
import { WorkerLine } from './worker-line.ts';

/** What the recorder needs of a session. */
export interface RecorderHost {
  readonly mix: MixBus;
  /** The open sources by input; null where none is open. */
  readonly sources: readonly (object | null)[];
  /** The engine's memory. */
  readonly memory: { readonly buffer: ArrayBufferLike } | null;
  readonly scope: { readonly firstFrame: number };
}

/** How a recorder is made; everything has a default. */
export interface RecorderOptions {
  /** Starts the Worker, under the page's own policy where it has one. */
  readonly startWorker?: WorkerStarter;
  /**
   * Sound that may come while the Worker is silent, before it is taken for lost, 5000 to 600000.
   * Default 30000. What the ring does not hold meanwhile becomes a dropout.
   */
  readonly stallMs?: number;
}

/** What to record, and as what. */
export interface RecordOptions {
  /** `mix`; `inputs`: each input with an open source as a take of its own; or one input's number. */
  readonly source: 'mix' | 'inputs' | number;
  readonly format: RecordFormat;
  /**
   * Begins so much earlier, as far as the sound is still held, 0 to 5. Default 0.
   */
  readonly preRollSec?: number;
  /** Of the takes. Default: the time. */
  readonly name?: string;
  /** Of the lossy formats, 16 to 320. Default 160. */
  readonly bitrateKbps?: number;
  /** Of 16-bit WAV. Default `triangular`. */
  readonly dither?: 'triangular' | 'none';
  /** Stops the recording. */
  readonly signal?: AbortSignal;
}

/** How often a Worker looks whether the files of one that was lost are free, and when. */
const rescueTries = 40;
const rescueMs = 100;

/**
 * Records the mix or inputs into the origin-private file system, in a Worker that reads the sound
 * itself. Page only; needs shared memory.
 *
 * ```ts
 * const recorder = new Recorder(session);
 * const recording = await recorder.start({ source: 'mix', format: 'wav24', preRollSec: 5 });
 * const [take] = await recording.stop();
 * save(await recorder.takes.file(take.id));
 * ```
 */
export class Recorder implements Disposable {
  /** What was recorded, in this visit and in earlier ones. */
  readonly takes: TakeStore = new TakeStore(() => this.#repair());
  readonly #host: RecorderHost;
  readonly #startWorker: WorkerStarter;
  readonly #stallMs: number;
  readonly #ends = new AbortController();
  // One that was started to be asked: the next recording begins sooner.
  #spare: WorkerLine | null = null;

  /** @throws RangeError */
  constructor(host: RecorderHost, options: RecorderOptions = {}) {
    const { startWorker = startModule, stallMs = 30_000 } = options;
    checkRange('recorder.stallMs', stallMs, 5000, 600_000, 'ms');
    this.#host = host;
    this.#startWorker = startWorker;
    this.#stallMs = stallMs;
  }

  /**
   * What this browser can write at the session's rate, and why not the rest. Ask before the first
   * recording: it makes that one begin sooner.
   *
   * @throws RecorderError `worker-failed`, `closed`, SessionError where there is no mix.
   */
  async formats(): Promise<readonly FormatSupport[]> {
    return this.#withWorker(async (line) => {
      const formats = await this.#formats(line);
      if (this.#spare === null) this.#spare = line;
      else line.end();
      return formats;
    });
  }

  /**
   * Begins a recording, from the frame on that is the newest at the moment of the call, or from
   * earlier ones. Any number of recordings go on at once, each in a Worker of its own.
   *
   * @throws RangeError for a wrong option, RecorderError, SessionError where there is no mix, the
   *   signal's reason.
   */
  async start(options: RecordOptions): Promise<Recording> {
    const { preRollSec = 0, bitrateKbps = 160, dither = 'triangular', signal } = options;
    signal?.throwIfAborted();
    checkRange('record.preRollSec', preRollSec, 0, 5, 's');
    checkRange('record.bitrateKbps', bitrateKbps, 16, 320, 'kbit/s');
    const { mix } = this.#host;
    const startFrame = Math.max(0, mix.published - Math.round(preRollSec * mix.sampleRate));
    const takes = this.#plan(options);
    return this.#withWorker(async (line) => {
      await this.#requireFormat(line, options.format);
      const encoding = { bitrateKbps, dither };
      await line.ask({ kind: 'open', takes, encoding }, 'opened', this.#ends.signal);
      const recording = this.#begin(line, this.#soundOf(takes, startFrame), takes);
      signal?.addEventListener('abort', () => void recording.stop());
      if (signal?.aborted === true) void recording.stop();
      return recording;
    });
  }

  /** Ends the Workers that record nothing. Recordings go on until they are stopped. */
  close(): void {
    this.#ends.abort(recorderClosed());
    this.#spare?.end();
    this.#spare = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #begin(line: WorkerLine, sound: SoundTask, takes: readonly NewTake[]): Recording {
    const { mix } = this.#host;
    return new Recording({
      ...{ line, sound, sampleRate: mix.sampleRate, stallMs: this.#stallMs },
      published: () => mix.published,
      rescue: () => this.#rescue(takes),
    });
  }

  #plan({ source, format, name }: RecordOptions): readonly NewTake[] {
    const { mix } = this.#host;
    if (!Object.hasOwn(formatNames, format)) reject('record.format', 'a format', format);
    const createdAt = new Date().toISOString();
    const called = name ?? `Recording ${createdAt.slice(0, 16).replace('T', ' ')}`;
    return this.#sourcesOf(source).map((each) => ({
      id: crypto.randomUUID(),
      name: source === 'inputs' ? `${called}, input ${Number(each) + 1}` : called,
      format,
      source: each,
      channels: this.#channelsOf(each),
      sampleRate: mix.sampleRate,
      createdAt,
    }));
  }

  #sourcesOf(source: RecordOptions['source']): readonly TakeSource[] {
    if (source === 'mix') return ['mix'];
    const { sources } = this.#host;
    if (source !== 'inputs') {
      if (sources[source] !== undefined) return [source];
      reject(
        'record.source',
        `'mix', 'inputs' or an input from 0 to ${sources.length - 1}`,
        source,
      );
    }
    const open = [...sources.keys()].filter((input) => (sources[input] ?? null) !== null);
    if (open.length === 0) throw nothingToRecord('no input has a source');
    return open;
  }

  /** Of a take: those that an input has now. */
  #channelsOf(source: TakeSource): number {
    if (source === 'mix') return this.#host.mix.channels;
    const { published } = this.#host.mix;
    const tail = this.#tail();
    tail.seek(published + this.#host.scope.firstFrame);
    let channels = 0;
    for (let quantum = tail.next(); quantum !== undefined; quantum = tail.next()) {
      channels = channelsAt(quantum.channels, source);
    }
    return channels === 1 ? 1 : constants.inputChannels;
  }

  #tail(): FlightTail {
    const { memory } = this.#host;
    const tail = memory === null ? null : new FlightTail(memory.buffer);
    if (tail?.isRecording !== true) {
      throw nothingToRecord('inputs are taken from the flight recorder, which does not run');
    }
    return tail;
  }

  #soundOf(takes: readonly NewTake[], startFrame: number): SoundTask {
    const { mix, memory, scope } = this.#host;
    const [take] = takes;
    const inputs = takes.map(({ source }) => source).filter((source) => source !== 'mix');
    if (inputs.length > 0 && memory !== null) {
      const where = { memory: memory.buffer, mix: mix.address, startFrame };
      return { kind: 'inputs', inputs, ...where, clockFrame: scope.firstFrame };
    }
    const pastFrames = Math.max(0, mix.published - startFrame);
    const listener = mix.listen({ name: `recorder: ${take?.name ?? ''}`, pastFrames });
    return { kind: 'mix', listener: listener.transfer() };
  }

  async #formats(line: WorkerLine): Promise<readonly FormatSupport[]> {
    const { sampleRate } = this.#host.mix;
    const order = { kind: 'formats', sampleRate } as const;
    return (await line.ask(order, 'formats', this.#ends.signal)).formats;
  }

  async #requireFormat(line: WorkerLine, format: RecordFormat): Promise<void> {
    const found = (await this.#formats(line)).find((each) => each.format === format);
    if (found?.isSupported === true) return;
    throw formatUnsupported(formatNames[format].label, found?.reason ?? 'it is unknown');
  }

  /** Has a Worker do something; one with which that fails is ended. */
  async #withWorker<T>(work: (line: WorkerLine) => Promise<T>): Promise<T> {
    this.#ends.signal.throwIfAborted();
    const line = this.#spare ?? new WorkerLine(this.#startWorker);
    this.#spare = null;
    try {
      return await work(line);
    } catch (error) {
      line.end();
      throw error;
    }
  }

  async #repair(): Promise<readonly Take[]> {
    return this.#withWorker(async (line) => {
      const { takes } = await line.ask({ kind: 'repair' }, 'repaired', this.#ends.signal);
      line.end();
      return takes;
    });
  }

  /** The browser frees a lost Worker's files when it likes. */
  async #rescue(lost: readonly NewTake[]): Promise<readonly Take[]> {
    const ids = lost.map(({ id }) => id);
    let takes: readonly Take[] = [];
    for (let left = rescueTries; left > 0 && takes.length < lost.length; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, rescueMs));
      await this.#repair();
      takes = (await this.takes.list()).filter(({ id }) => ids.includes(id));
    }
    return takes;
  }
}
