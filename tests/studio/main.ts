/** A page that plays tones and broadcasts them, for tests of the way to the listener. */
import { startWorker } from '../../web/app/model/own-worker.ts';
import {
  Session,
  type Stream,
  Streamer,
  type StreamFormatSupport,
  type StreamMetadata,
  type StreamOptions,
  type StreamStatus,
} from '../../web/lib/index.ts';

/** What a test can ask of the page. */
export interface Studio {
  /** Starts the audio, one tone on each input. */
  play(frequenciesHz: readonly number[], rateHz: number): Promise<void>;
  formats(): Promise<readonly StreamFormatSupport[]>;
  start(options: StreamOptions): Promise<void>;
  setMetadata(metadata: StreamMetadata): void;
  status(): StreamStatus;
  /** Every state and code that there was, one after the other. */
  history(): readonly string[];
  stop(): Promise<void>;
  /** Seconds of the audio clock. */
  seconds(): number;
}

declare global {
  // Only `var` puts a name on globalThis.
  var studio: Studio;
}

const levelDb = -12;

class RealStudio implements Studio {
  #session: Session | null = null;
  #stream: Stream | null = null;
  readonly #history: string[] = [];

  async play(frequenciesHz: readonly number[], rateHz: number): Promise<void> {
    const session = await Session.create({
      sampleRate: rateHz,
      assets: { engine: '/engine.wasm' },
    });
    this.#session = session;
    for (const [input, frequencyHz] of frequenciesHz.entries()) {
      await session.capture({ kind: 'oscillator', frequencyHz, levelDb }, { input });
    }
  }

  formats(): Promise<readonly StreamFormatSupport[]> {
    return this.#streamer.formats();
  }

  async start(options: StreamOptions): Promise<void> {
    const stream = await this.#streamer.start(options);
    this.#stream = stream;
    this.#note(stream.status);
    stream.on('status', (status) => this.#note(status));
  }

  setMetadata(metadata: StreamMetadata): void {
    this.#stream?.setMetadata(metadata);
  }

  status(): StreamStatus {
    if (this.#stream === null) throw new Error('Nothing was started.');
    return this.#stream.status;
  }

  history(): readonly string[] {
    return this.#history;
  }

  async stop(): Promise<void> {
    await this.#stream?.stop();
  }

  seconds(): number {
    return this.#opened.scope.frames / this.#opened.sampleRate;
  }

  get #streamer(): Streamer {
    return new Streamer(this.#opened, { startWorker });
  }

  get #opened(): Session {
    if (this.#session === null) throw new Error('Nothing plays.');
    return this.#session;
  }

  #note({ state, code }: StreamStatus): void {
    const words = `${state} ${code}`;
    if (this.#history.at(-1) !== words) this.#history.push(words);
  }
}

globalThis.studio = new RealStudio();
