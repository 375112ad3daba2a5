/** FLAC with 24 bits, by libFLAC in wasm. Worker only. */
import flacWasmUrl from 'libflacjs/dist/libflac.min.wasm.wasm?url';
import type * as FlacLibrary from 'libflacjs/dist/libflac.min.wasm.js';
import { encoderFailed } from './recorder-errors.ts';
import { toWhole } from './sample-packer.ts';
import type { EncoderTask, TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';

type Flac = typeof FlacLibrary;

const bits = 24;
const fullScale = 2 ** (bits - 1);
const compression = 5;
// Of STREAMINFO in the file (RFC 9639, section 8.2): sizes of frames; the number of samples, of which
// four bits are in the byte before; the digest.
const sizesAt = 12;
const samplesAt = 22;
const digestAt = 26;

let library: Promise<Flac> | undefined;

async function loadFlac(): Promise<Flac> {
  // It asks for this where it looks for its module.
  Object.assign(globalThis, { FLAC_SCRIPT_LOCATION: { 'libflac.min.wasm.wasm': flacWasmUrl } });
  const { default: flac } = (await import('libflacjs/dist/libflac.min.wasm.js')) as unknown as {
    default: Flac;
  };
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', () => resolve()));
  return flac;
}

/** Lossless but for the rounding to 24 bits. The head says at each checkpoint what the file holds. */
export class FlacEncoder implements TakeEncoder {
  readonly #flac: Flac;
  readonly #file: TakeFile;
  readonly #encoder: number;
  #planes: readonly Int32Array<ArrayBuffer>[];
  #written = 0;
  // Thrown from its callback, it would be lost in the wasm's frames.
  #error: unknown = null;

  private constructor(flac: Flac, file: TakeFile, { channels, sampleRate }: EncoderTask) {
    this.#flac = flac;
    this.#file = file;
    this.#planes = Array.from({ length: channels }, () => new Int32Array(0));
    this.#encoder = flac.create_libflac_encoder(
      ...([sampleRate, channels, bits, compression, 0, false, 0] as const),
    );
    const write = (bytes: Uint8Array<ArrayBuffer>, length: number, frames: number): void =>
      this.#take(bytes.slice(0, length), frames);
    const status = flac.init_encoder_stream(this.#encoder, write, (info) => {
      if (info !== undefined) this.#describe(info);
    });
    if (status !== 0) throw encoderFailed(`it gave status ${status}`);
  }

  static async open(file: TakeFile, task: EncoderTask): Promise<FlacEncoder> {
    library ??= loadFlac();
    return new FlacEncoder(await library, file, task);
  }

  write(planes: readonly Float32Array[], frames: number): void {
    if ((this.#planes[0]?.length ?? 0) < frames) {
      this.#planes = planes.map(() => new Int32Array(frames));
    }
    for (const [channel, whole] of this.#planes.entries()) {
      const plane = planes[channel];
      for (let i = 0; i < frames; i += 1)
        whole[i] = toWhole((plane?.[i] ?? 0) * fullScale, fullScale);
    }
    const rounded = this.#planes.map((plane) => plane.subarray(0, frames));
    this.#check(this.#flac.FLAC__stream_encoder_process(this.#encoder, rounded, frames));
  }

  checkpoint(): number {
    this.#writeSamples();
    return this.#written;
  }

  finish(): void {
    this.#check(this.#flac.FLAC__stream_encoder_finish(this.#encoder));
    this.#flac.FLAC__stream_encoder_delete(this.#encoder);
    this.#writeSamples();
  }

  #take(bytes: Uint8Array<ArrayBuffer>, frames: number): void {
    try {
      this.#file.append(bytes);
      this.#written += frames;
    } catch (error) {
      this.#error ??= error;
    }
  }

  #check(isOk: boolean): void {
    if (this.#error !== null) throw this.#error as Error;
    if (!isOk) throw encoderFailed('it did not take the sound');
  }

  #writeSamples(): void {
    const [before = 0] = this.#file.read(samplesAt - 1, 1);
    const low = new Uint8Array(5);
    low[0] = (before & 0xf0) | (Math.floor(this.#written / 2 ** 32) & 0xf);
    new DataView(low.buffer).setUint32(1, this.#written % 2 ** 32);
    this.#file.writeAt(low, samplesAt - 1);
  }

  #describe(info: FlacLibrary.StreamMetadata): void {
    const sizes = new Uint8Array(6);
    for (const [i, size] of [info.min_framesize, info.max_framesize].entries()) {
      for (let byte = 0; byte < 3; byte += 1) sizes[3 * i + byte] = size >> (8 * (2 - byte));
    }
    const digest = Uint8Array.from({ length: 16 }, (_, i) =>
      Number.parseInt(info.md5sum.slice(2 * i, 2 * i + 2), 16),
    );
    try {
      this.#file.writeAt(sizes, sizesAt);
      this.#file.writeAt(digest, digestAt);
    } catch (error) {
      this.#error ??= error;
    }
  }
}
