import { Producer } from '../bus/producer.ts';
import { Emitter } from '../emitter.ts';
import { CaptureError, checkRange, reject } from '../errors.ts';
import { constants, engineStatus, pushFields, pushPace } from '../../shared/layout.gen.ts';
import type { PushSettings } from '../../shared/messages.ts';
import { PushCounters, pushPlace, PushView } from '../../shared/push-block.ts';
import type { SourceEvents } from './audio-source.ts';

/**
 * Who sets the pace of a push input. `source-clock`: the source, which pushes in real time by a clock
 * of its own; the difference of the clocks is followed, up to 500 ppm. `on-demand`: the engine; the
 * source fills up what was read, as a decoder does, and the ratio of the rates is exact.
 */
export type PushPace = 'source-clock' | 'on-demand';

/** How an input is pushed. */
export interface PushInputOptions {
  /** The input of the mixer, 0 to 7; the source that is there is closed. Default 0. */
  readonly input?: number;
  /** The source's nominal frames per second: from 3000, at most 8 times the context's. */
  readonly sampleRate: number;
  /** 1 or 2. Default 2. */
  readonly channels?: number;
  /** Default `source-clock`. */
  readonly pace?: PushPace;
  /**
   * How many of the source's frames wait in the ring on average, 1 to 2730: so much later they are
   * heard. At least the largest burst that the source pushes plus one quantum. Default: 40 ms, but
   * 2048 at most.
   */
  readonly targetFrames?: number;
  /** What a person calls it. Default `Pushed`. */
  readonly label?: string;
  /** Gives the input up while it is being opened. */
  readonly signal?: AbortSignal;
}

/**
 * Where the frames of a push input went, since it was opened. What the producer was given is
 * `pushedFrames + droppedFrames`, and `pushedFrames` is `takenFrames + pendingFrames`.
 */
export interface PushStatus {
  /** Frames that the producer put into the ring. */
  readonly pushedFrames: number;
  /** Frames that it dropped, because the ring was full. */
  readonly droppedFrames: number;
  /** Times that the source was too fast: the ring was full, or frames in it had to be skipped. */
  readonly overruns: number;
  /** Frames that the engine took from the ring, those that it skipped included. */
  readonly takenFrames: number;
  /** Frames that it skipped, because the source had run far ahead. */
  readonly skippedFrames: number;
  /** Frames in the ring. */
  readonly pendingFrames: number;
  /** Times that the source was too slow: the ring was empty when a frame was due. */
  readonly underruns: number;
  /** Frames of silence, at the context's rate, that this cost. */
  readonly gapFrames: number;
  /** Mean of the frames in the ring just before a quantum. */
  readonly fillFrames: number;
  /** How much faster than its nominal rate the source is read. */
  readonly correctionPpm: number;
  /** False: silence, until enough has been pushed. */
  readonly playing: boolean;
  /** Whether the mixer gets the source's very bits. */
  readonly copying: boolean;
}

/** What opens and closes inputs in the engine; both answer an `engineStatus` code. */
export interface PushPort {
  openPush(input: number, settings: PushSettings): Promise<number>;
  closePush(input: number): Promise<number>;
}

const defaultTargetSec = 0.04;
const maxDefaultTargetFrames = 2048;

/** Checks how an input is to be pushed, and puts it into the engine's numbers. @throws RangeError */
export function pushSettings(options: PushInputOptions, contextHz: number): PushSettings {
  const { sampleRate: rateHz, channels = 2, pace = 'source-clock' } = options;
  const usual = Math.min(Math.round(rateHz * defaultTargetSec), maxDefaultTargetFrames);
  const { targetFrames = usual } = options;
  const { minRateHz, maxRateHz, maxPushRateRatio, maxPushTargetFrames } = constants;
  const fastestHz = Math.min(maxRateHz, maxPushRateRatio * contextHz);
  checkWhole('pushInput.sampleRate', rateHz, minRateHz, fastestHz, 'Hz');
  checkWhole('pushInput.channels', channels, 1, constants.inputChannels, 'channels');
  checkWhole('pushInput.targetFrames', targetFrames, 1, maxPushTargetFrames, 'frames');
  if (!Object.hasOwn(paces, pace)) {
    reject('pushInput.pace', 'source-clock or on-demand', pace);
  }
  return { rateHz, channels, targetFrames, pace: paces[pace] };
}

const paces = {
  'source-clock': pushPace.sourceClock,
  'on-demand': pushPace.onDemand,
} as const satisfies Record<PushPace, number>;

function checkWhole(path: string, value: number, min: number, max: number, unit: string): void {
  checkRange(path, value, min, max, unit);
  if (!Number.isInteger(value)) reject(path, 'a whole number', value);
}

const unopened = Object.fromEntries(Object.keys(pushFields).map((name) => [name, 0])) as Record<
  keyof typeof pushFields,
  number
>;

/** An input that a producer pushes frames into. Made by `Session.pushInput()`. Page only. */
export class PushInput extends Emitter<SourceEvents> implements Disposable {
  /** Tells it from an `AudioSource`. */
  readonly kind = 'push';
  /** No device is behind it. */
  readonly track = null;
  /** The input of the mixer that it feeds, 0 to 7. */
  readonly input: number;
  /** What a person calls it. */
  readonly label: string;
  /** Pushes from the page; `producer.transfer()` is for a Worker. */
  readonly producer: Producer;
  readonly #port: PushPort;
  readonly #view: PushView;
  readonly #counters: PushCounters;
  readonly #epoch: number;
  #words: Readonly<Record<keyof typeof pushFields, number>> = unopened;
  #status: PushStatus;
  #closed = false;

  private constructor(
    buffer: ArrayBufferLike,
    options: PushInputOptions & { readonly input: number },
    port: PushPort,
  ) {
    super();
    const { input, sampleRate, label = 'Pushed' } = options;
    this.input = input;
    this.label = label;
    this.#port = port;
    const place = pushPlace(buffer, input);
    this.#view = new PushView(buffer, place.wordsOffset);
    this.#counters = new PushCounters(buffer, place.wordsOffset);
    const { epoch } = this.#counters;
    this.#epoch = epoch;
    this.producer = Producer.attach({ buffer, ...place, epoch, sampleRate });
    this.#status = this.#read();
  }

  /**
   * Opens an input of a running engine.
   *
   * @param buffer The engine's memory.
   * @throws CaptureError `unsupported` where there is no engine any more.
   */
  static async open(
    buffer: ArrayBufferLike,
    settings: PushSettings,
    options: PushInputOptions & { readonly input: number },
    port: PushPort,
  ): Promise<PushInput> {
    const status = await port.openPush(options.input, settings);
    if (status !== engineStatus.ok) throw refused(status);
    return new PushInput(buffer, options, port);
  }

  /** Where the frames went. After `close()`, as it was then. */
  get status(): PushStatus {
    if (!this.#closed) this.#status = this.#read();
    return this.#status;
  }

  /** Gives the input back; its producers take nothing any more. A second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#status = this.#read();
    this.#closed = true;
    this.producer.close();
    void this.#release();
    this.emit('close', null);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #release(): Promise<void> {
    const status = await this.#port.closePush(this.input);
    if (status !== engineStatus.ok) this.#counters.cutOff(this.#epoch);
  }

  // The engine's words before the producer's, which are the further on.
  #read(): PushStatus {
    this.#words = this.#view.read() ?? this.#words;
    const { pushedFrames, droppedFrames, refusals } = this.#counters;
    const { takenFrames, skippedFrames, overruns, underruns, gapFrames } = this.#words;
    const { fillFrames, correctionPpm, playing, copying } = this.#words;
    return {
      ...{ pushedFrames, droppedFrames, takenFrames, skippedFrames, underruns, gapFrames },
      ...{ fillFrames, correctionPpm, playing: playing === 1, copying: copying === 1 },
      pendingFrames: Math.max(0, pushedFrames - takenFrames),
      overruns: overruns + refusals,
    };
  }
}

function refused(status: number): CaptureError {
  return new CaptureError(
    'unsupported',
    `The engine refused the push input with status ${status}.`,
    'See session.engine for what runs; reload the page and try again.',
  );
}
