import { constants } from '../shared/layout.gen.ts';
import type { AudioChunk } from '../shared/chunk.ts';
import { checkPowerOfTwo } from './bus/audio-bus.ts';
import type { WaitOptions } from './bus/follower.ts';
import { Regrouper } from './bus/regrouper.ts';
import type { AudioSource } from './capture/audio-source.ts';
import type { CaptureSource } from './capture/source.ts';
import { reject } from './errors.ts';
import { Session } from './session.ts';

/** What comes out, and of what; everything has a default. */
export interface AudioCaptureOptions {
  /** 16000 is the rate of the bus, and the only one. */
  readonly sampleRate?: number;
  /** Samples of a chunk: a power of two from 256 to 32768. Default 4096. */
  readonly bufferFrames?: number;
  /** Default: the microphone. */
  readonly source?: CaptureSource;
  /** A session to use; one with a source at input 0 is used as it is. Default: one of its own. */
  readonly session?: Session;
}

interface Opened {
  readonly session: Session;
  /** Null where the session had one already. */
  readonly source: AudioSource | null;
}

/**
 * A microphone as a stream of chunks. What a session does in several steps, in one. Page only.
 *
 * ```ts
 * const capture = new AudioCapture({ sampleRate: 16000, bufferFrames: 4096 });
 * for await (const audio of capture.stream()) recognise(audio.samples);
 * ```
 *
 * The first stream opens session and source, and asks the person; the end of the last one closes what
 * was opened.
 */
export class AudioCapture implements AsyncDisposable {
  /** Samples per second of the chunks. */
  readonly sampleRate: number = constants.chunkRateHz;
  /** Samples of a chunk. */
  readonly bufferFrames: number;
  readonly #options: AudioCaptureOptions;
  readonly #ends = new AbortController();
  #opening: Promise<Opened> | null = null;
  #streams = 0;

  /** @throws RangeError */
  constructor(options: AudioCaptureOptions = {}) {
    const { sampleRate = constants.chunkRateHz, bufferFrames = 4096 } = options;
    if (sampleRate !== constants.chunkRateHz) {
      reject('capture.sampleRate', `${constants.chunkRateHz} Hz`, sampleRate);
    }
    checkPowerOfTwo('capture.bufferFrames', bufferFrames, 256, 32_768);
    this.bufferFrames = bufferFrames;
    this.#options = options;
  }

  /**
   * The chunks from now on, without gaps but those that `seq` jumps by: they belong to the caller.
   * Ends when the session or this capture is closed.
   *
   * @throws CaptureError, SessionError, the signal's reason when it aborts.
   */
  async *stream(options: WaitOptions = {}): AsyncGenerator<AudioChunk, void, undefined> {
    this.#streams += 1;
    try {
      this.#opening ??= this.#open();
      const { session } = await this.#opening;
      yield* this.#follow(session, options);
    } finally {
      this.#streams -= 1;
      if (this.#streams === 0) await this.#release();
    }
  }

  /** Ends every stream and closes what this capture has opened. */
  async close(): Promise<void> {
    this.#ends.abort();
    await this.#release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async *#follow(
    session: Session,
    { signal }: WaitOptions,
  ): AsyncGenerator<AudioChunk, void, undefined> {
    using listener = session.bus.listen({ name: 'capture' });
    const ends = this.#ends.signal;
    ends.addEventListener('abort', () => listener.close(), { once: true });
    const regrouper = new Regrouper(this.bufferFrames);
    while (!ends.aborted) {
      const chunk = await listener.recv(signal === undefined ? {} : { signal });
      if (chunk === undefined) return;
      yield* regrouper.push(chunk);
    }
  }

  async #open(): Promise<Opened> {
    const session = this.#options.session ?? (await Session.create());
    try {
      const source = session.source === null ? await session.capture(this.#options.source) : null;
      return { session, source };
    } catch (error) {
      await this.#closeSession(session);
      throw error;
    }
  }

  async #release(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    if (opening === null) return;
    const [outcome] = await Promise.allSettled([opening]);
    // One that failed has closed what it had opened.
    if (outcome.status === 'rejected') return;
    outcome.value.source?.close();
    await this.#closeSession(outcome.value.session);
  }

  async #closeSession(session: Session): Promise<void> {
    if (session !== this.#options.session) await session.close();
  }
}
