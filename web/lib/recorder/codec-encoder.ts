/** Opus and AAC by the browser's own encoder (WebCodecs), into a container. Worker only. */
import { codecConfig, type Container } from './codec-config.ts';
import { encoderFailed } from './recorder-errors.ts';
import { MuxedFile } from './muxed-file.ts';
import type { EncoderTask, TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';

/** Opus counts at this rate, whatever went in (RFC 7845). */
const opusRateHz = 48_000;
/** Of most encoders, until this one has told its own. */
const usualPreSkip = 312;
/** Blocks that may wait for the encoder. */
const longestQueue = 4;
const secondUs = 1_000_000;

interface Encoded {
  readonly chunk: EncodedAudioChunk;
  readonly config: AudioDecoderConfig | undefined;
}

/**
 * Where the rate is not that of Opus, the browser resamples, and its filter delays the sound a little: in
 * Chromium by 0.3 ms. Opus ends exactly: the decoder's delay is passed over at the beginning (pre-skip), and the last packet
 * says how much of it counts (RFC 7845, section 4.4). AAC in ADTS cannot say so: it begins with the
 * encoder's delay and ends with a whole frame.
 */
export class CodecEncoder implements TakeEncoder {
  readonly #task: EncoderTask;
  readonly #isOpus: boolean;
  readonly #muxed: MuxedFile;
  readonly #encoder: AudioEncoder;
  readonly #encoded: Encoded[] = [];
  #config: AudioDecoderConfig | null = null;
  #preSkip = usualPreSkip;
  #error: unknown = null;
  /** Ends the wait for the encoder, which an encoder that has failed would never end. */
  #wake = (): void => undefined;
  #frames = 0;
  #endSec = 0;
  #lastSec = Infinity;

  private constructor(muxed: MuxedFile, container: Container, task: EncoderTask) {
    this.#muxed = muxed;
    this.#task = task;
    this.#isOpus = container !== 'adts';
    this.#encoder = new AudioEncoder({
      output: (chunk, metadata) => this.#encoded.push({ chunk, config: metadata?.decoderConfig }),
      error: (error) => {
        this.#error ??= error;
        this.#wake();
      },
    });
    this.#encoder.addEventListener('dequeue', () => this.#wake());
    this.#encoder.configure(codecConfig(container, task));
  }

  static async open(
    file: TakeFile,
    container: Container,
    task: EncoderTask,
  ): Promise<CodecEncoder> {
    return new CodecEncoder(await MuxedFile.open(file, container), container, task);
  }

  async write(planes: readonly Float32Array[], frames: number): Promise<void> {
    this.#encode(planes, frames);
    while (this.#encoder.encodeQueueSize > longestQueue && this.#error === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await this.#mux();
  }

  checkpoint(): number {
    const delaySec = this.#isOpus ? this.#preSkip / opusRateHz : 0;
    const writtenSec = Math.max(0, this.#muxed.writtenSec - delaySec);
    return Math.min(this.#frames, Math.floor(writtenSec * this.#task.sampleRate));
  }

  async finish(): Promise<void> {
    const { sampleRate, channels } = this.#task;
    if (this.#isOpus) {
      // Nothing is cut where the rates do not fit; what is a whole number stays one.
      const length = Math.ceil((this.#frames * opusRateHz) / sampleRate);
      this.#lastSec = (length + this.#preSkip) / opusRateHz;
      // What pushes the last samples out of the encoder.
      const rest = Math.ceil(sampleRate / 20);
      this.#encode(
        Array.from({ length: channels }, () => new Float32Array(rest)),
        rest,
      );
    }
    await this.#encoder.flush().catch((error: unknown) => (this.#error ??= error));
    await this.#mux();
    this.#encoder.close();
    await this.#muxed.finish();
  }

  #encode(planes: readonly Float32Array[], frames: number): void {
    this.#throwError();
    const { sampleRate, channels } = this.#task;
    const data = new Float32Array(frames * channels);
    for (const [channel, plane] of planes.entries()) {
      data.set(plane.subarray(0, frames), channel * frames);
    }
    const sound = new AudioData({
      format: 'f32-planar',
      sampleRate,
      numberOfFrames: frames,
      numberOfChannels: channels,
      timestamp: Math.round((this.#frames / sampleRate) * secondUs),
      data,
    });
    this.#encoder.encode(sound);
    sound.close();
    if (this.#lastSec === Infinity) this.#frames += frames;
  }

  async #mux(): Promise<void> {
    this.#throwError();
    for (const { chunk, config } of this.#encoded.splice(0)) {
      this.#takeConfig(config);
      const startSec = this.#endSec;
      this.#endSec += (chunk.duration ?? 0) / secondUs;
      if (startSec >= this.#lastSec || this.#config === null) continue;
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const durationSec = Math.min(this.#endSec, this.#lastSec) - startSec;
      await this.#muxed.add({ bytes, startSec, durationSec }, this.#config);
    }
  }

  #takeConfig(config: AudioDecoderConfig | undefined): void {
    if (config === undefined) return;
    this.#config = config;
    const { description } = config;
    if (!this.#isOpus || description === undefined) return;
    const head = ArrayBuffer.isView(description) ? description : new Uint8Array(description);
    this.#preSkip = new DataView(head.buffer, head.byteOffset).getUint16(10, true);
  }

  #throwError(): void {
    if (this.#error !== null) throw encoderFailed(this.#error);
  }
}
