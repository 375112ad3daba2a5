import { broadcastRingBytes } from '../../shared/broadcast-ring.ts';
import { constants, directoryWord, engineStatus } from '../../shared/layout.gen.ts';
import { probabilityRingShape } from '../../shared/probability-ring.ts';
import { vadConstants } from '../../shared/vad.gen.ts';
import type { ReadonlyAudioBus } from '../bus/audio-bus.ts';
import type { ListenOptions } from '../bus/follower.ts';
import { ProbabilityListener } from '../bus/probability-listener.ts';
import { allocateTable, type RingAddress } from '../bus/ring-address.ts';
import { Emitter } from '../emitter.ts';
import { reject, type VadError } from '../errors.ts';
import nativeWorkerUrl from './native-worker.ts?worker&url';
import onnxWorkerUrl from './onnx-worker.ts?worker&url';
import type { WorkerStarter } from '../worker-starter.ts';
import { vadFailed, vadRefused } from './vad-errors.ts';
import { fetchVadFile, vadDigests, type VadUrls } from './vad-files.ts';
import { VoiceWorker } from './voice-worker.ts';

/** Where voice is detected, by what, and in what. */
export interface DetectionSettings {
  /** The audio thread, a few microseconds in every quantum, or a Worker of its own. */
  readonly place: 'engine' | 'worker';
  /** The detector in C++, or ONNX Runtime, in a Worker only: 14 MB to load and ten times the work. */
  readonly backend: 'native' | 'onnx';
  /** Whom it hears, each by itself. In a Worker the mix only. */
  readonly sources: readonly DetectionSource[];
}

/** The mix, as it is on the bus, or an input as it arrives, from 0 on. */
export type DetectionSource = number | 'mix';

/** How to listen to probabilities. */
export interface DetectionListenOptions extends ListenOptions {
  /** Default: the mix. */
  readonly source?: DetectionSource;
}

/** How to detect voice; everything has a default. */
export interface DetectionOptions extends Partial<DetectionSettings> {
  /** Ends the loading of the files. */
  readonly signal?: AbortSignal;
}

/** What happens. */
export interface DetectionEvents {
  /** What detects now; null: nothing. */
  readonly change: DetectionSettings | null;
  /** The Worker died; nothing detects voice any more. */
  readonly failed: VadError;
}

/** The engine's end. */
interface VadProcessor {
  startVad(bytes: number, sources: number): Promise<number>;
  stopVad(): Promise<number>;
}

/** What of a session it works with. */
export interface VadHost {
  /** The engine's memory, in which an engine has started. */
  readonly buffer: ArrayBufferLike;
  readonly voice: ReadonlyAudioBus;
  readonly processor: VadProcessor;
  readonly urls: VadUrls;
  readonly startWorker: WorkerStarter;
  readonly ends: AbortSignal;
}

/**
 * Detects voice with Silero VAD, version 6: for every chunk of the bus the probability that somebody
 * speaks in it, in the mix and in single inputs. Off until it is enabled. Page only, one per session.
 *
 * In the engine and in a Worker the same code gives the same bits. Digital silence is no speech, and
 * the detector begins anew behind it.
 *
 * ```ts
 * await session.vad.enable();
 * for await (const { startSample, probability } of session.vad.listen()) show(startSample, probability);
 * ```
 */
export class VoiceDetection extends Emitter<DetectionEvents> {
  readonly #host: VadHost;
  /** By source: of the inputs, and behind them of the mix. */
  readonly #addresses: readonly RingAddress[];
  readonly #file: Uint8Array;
  #settings: DetectionSettings | null = null;
  #worker: VoiceWorker | null = null;
  /** Of the last change that was asked for: one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(host: VadHost) {
    super();
    const { buffer, voice, ends } = host;
    const directory = new Uint32Array(buffer, constants.arenaBase);
    const { clock } = voice.address;
    const firstByte = directory[directoryWord.vadRing] ?? 0;
    const ringBytes = broadcastRingBytes(probabilityRingShape(vadConstants.probabilityRingSlots));
    this.#addresses = Array.from({ length: constants.inputs + 1 }, (_, index) => {
      const byteOffset = firstByte + index * ringBytes;
      return { buffer, byteOffset, table: allocateTable(), clock };
    });
    this.#file = new Uint8Array(buffer, directory[directoryWord.vadFile] ?? 0);
    this.#host = host;
    ends.addEventListener('abort', () => this.#worker?.close());
  }

  /** What detects now; null: nothing. */
  get settings(): DetectionSettings | null {
    return this.#settings;
  }

  /**
   * Begins to detect, in place of what did before; settles when it does. Listeners go on.
   *
   * @throws RangeError for options that do not go together, VadError, SessionError `engine-missing`,
   *   the signal's reason.
   */
  async enable(options: DetectionOptions = {}): Promise<void> {
    const { place = 'engine', backend = 'native', sources = ['mix'] } = options;
    const settings: DetectionSettings = { place, backend, sources };
    checkSettings(settings);
    await this.#inTurn(async () => {
      await this.#stop();
      if (place === 'engine') await this.#startEngine(sources, this.#signal(options));
      else await this.#startWorker(backend, options);
      this.#enter(settings);
    });
  }

  /** Detects no more, and costs nothing. Listeners wait. */
  disable(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  /** Where a source's probabilities lie, for a `ProbabilityListener` in a Worker. @throws RangeError */
  addressOf(source: DetectionSource): RingAddress {
    const address = this.#addresses[indexOf(source)];
    if (address === undefined) throw new Error('There is a ring for every source.');
    return address;
  }

  /**
   * Listens from the next frame of a source on.
   * @throws RangeError There is no such source, or there are as many listeners as fit.
   */
  listen({ source = 'mix', ...options }: DetectionListenOptions = {}): ProbabilityListener {
    return ProbabilityListener.open(this.addressOf(source), options);
  }

  async #startEngine(sources: readonly DetectionSource[], signal: AbortSignal): Promise<void> {
    const { processor, urls } = this.#host;
    const weights = await fetchVadFile({ url: urls.weights, sha256: vadDigests.weights }, signal);
    // The processor gets them without a message: 450 KB on the audio thread's heap bring the collector.
    this.#file.set(new Uint8Array(weights));
    const bits = sources.reduce<number>((all, source) => all | (1 << indexOf(source)), 0);
    const status = await processor.startVad(weights.byteLength, bits);
    if (status !== engineStatus.ok) throw vadRefused(status);
  }

  async #startWorker(
    backend: DetectionSettings['backend'],
    options: DetectionOptions,
  ): Promise<void> {
    const { urls, voice, startWorker } = this.#host;
    const signal = this.#signal(options);
    const { weights, model } = vadDigests;
    const wanted =
      backend === 'onnx'
        ? [{ url: urls.model, sha256: model }]
        : [
            { url: urls.module, sha256: null },
            { url: urls.weights, sha256: weights },
          ];
    const files = await Promise.all(wanted.map((file) => fetchVadFile(file, signal)));
    const listener = voice.listen({ name: 'voice detection' }).transfer();
    const order = { voice: listener, probabilities: this.addressOf('mix'), files };
    const url = backend === 'onnx' ? onnxWorkerUrl : nativeWorkerUrl;
    const fail = (reason: string): void => this.#fail(reason);
    this.#worker = await VoiceWorker.start(url, order, fail, startWorker);
  }

  async #stop(): Promise<void> {
    if (this.#settings?.place === 'engine') await this.#host.processor.stopVad();
    this.#worker?.close();
    this.#worker = null;
    this.#enter(null);
  }

  #fail(reason: string): void {
    if (this.#worker === null) return;
    this.#worker.close();
    this.#worker = null;
    this.#enter(null);
    this.emit('failed', vadFailed(reason));
  }

  #enter(settings: DetectionSettings | null): void {
    if (settings === this.#settings) return;
    this.#settings = settings;
    this.emit('change', settings);
  }

  #signal({ signal }: DetectionOptions): AbortSignal {
    const { ends } = this.#host;
    return signal === undefined ? ends : AbortSignal.any([ends, signal]);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.then(undefined, () => undefined);
    return done;
  }
}

/** Of its ring and its bit: the mix lies behind the inputs. @throws RangeError */
function indexOf(source: DetectionSource): number {
  if (source === 'mix') return constants.inputs;
  if (Number.isInteger(source) && source >= 0 && source < constants.inputs) return source;
  reject('vad.source', `\`mix\` or from 0 to ${constants.inputs - 1}`, source);
}

function checkSettings({ place, backend, sources }: DetectionSettings): void {
  if (place === 'engine' && backend === 'onnx')
    reject('vad.backend', '`native` in the engine', backend);
  if (sources.length === 0) reject('vad.sources', 'one at least', 'none');
  for (const source of sources) {
    if (indexOf(source) !== constants.inputs && place === 'worker')
      reject('vad.sources', '`mix` in a Worker: the bus has nothing else', source);
  }
}
