/** MP3 by LAME in wasm, a file of its own. Worker only. */
import { type Lame, type LameBitrate, type LameRate, loadLame } from '../lame.ts';
import { encoderFailed } from './recorder-errors.ts';
import { infoFrame, readMp3Head } from './mp3-frames.ts';
import type { EncoderTask, TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';

/** Constant rates that MPEG-1 and its successors have, in steps of 8 kbit/s. */
const bitrates = [4, 5, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40];
/** Of the successors, for rates below 32 kHz. */
const highestOfLowRates = 160;

// Frames of sound that LAME's encoder puts before what was recorded.
const encoderDelay = 576;
// And a decoder, which needs the frames that follow to undo that.
const decoderDelay = 529;
// In the tag, the padding has twelve bits.
const mostPadding = 4095;

/** Whole frames go into the file; a first one, which is written again at the end, tells its length. */
export class Mp3Encoder implements TakeEncoder {
  readonly #lame: Lame;
  readonly #file: TakeFile;
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #first: Uint8Array<ArrayBuffer> | null = null;
  #count = 0;
  #samples = 0;
  #frames = 0;

  private constructor(lame: Lame, file: TakeFile, task: EncoderTask) {
    const { channels, sampleRate, bitrateKbps } = task;
    const most = sampleRate < 32_000 ? Math.min(bitrateKbps, highestOfLowRates) : bitrateKbps;
    const steps = bitrates.findLast((each) => 8 * each <= most) ?? 4;
    this.#lame = lame;
    this.#file = file;
    const bitrate = (8 * steps) as LameBitrate;
    const planes = channels === 1 ? 1 : 2;
    lame.configure({
      channels: planes,
      sampleRate,
      outputSampleRate: sampleRate as LameRate,
      bitrate,
    });
  }

  static async open(file: TakeFile, task: EncoderTask): Promise<Mp3Encoder> {
    const create = await loadLame();
    return new Mp3Encoder(await create(), file, task);
  }

  write(planes: readonly Float32Array[], frames: number): void {
    this.#frames += frames;
    this.#take(this.#lame.encode(planes.map((plane) => plane.subarray(0, frames))));
  }

  checkpoint(): number {
    this.#tellLength(0);
    const heard = this.#samples - encoderDelay - decoderDelay;
    return Math.max(0, Math.min(this.#frames, heard));
  }

  finish(): void {
    this.#take(this.#lame.finalize());
    if (this.#rest.length > 0) throw encoderFailed('it left part of a frame');
    const padding = Math.min(mostPadding, Math.max(0, this.#samples - encoderDelay - this.#frames));
    this.#tellLength(padding);
  }

  #tellLength(padding: number): void {
    const info = this.#info(padding);
    if (info !== undefined) this.#file.writeAt(info, 0);
  }

  #info(padding: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#first === null) return undefined;
    const length = { count: this.#count, bytes: this.#file.size, delay: encoderDelay, padding };
    return infoFrame(this.#first, length);
  }

  /** What comes does not end with a frame. */
  #take(bytes: Uint8Array): void {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    let at = 0;
    for (let head = readMp3Head(all, at); head !== undefined; head = readMp3Head(all, at)) {
      if (at + head.bytes > all.length) break;
      this.#append(all.slice(at, at + head.bytes), head.samples);
      at += head.bytes;
    }
    this.#rest = all.slice(at);
  }

  #append(frame: Uint8Array<ArrayBuffer>, samples: number): void {
    if (this.#first === null) {
      this.#first = frame;
      this.#file.append(this.#info(0) ?? new Uint8Array(0));
    }
    this.#file.append(frame);
    this.#count += 1;
    this.#samples += samples;
  }
}
