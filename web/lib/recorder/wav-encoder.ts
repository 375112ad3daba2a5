import { SamplePacker } from './sample-packer.ts';
import type { EncoderTask, TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';
import { wavFrameBytes, wavFrames, wavHead, wavHeadBytes, type WavShape } from './wav-header.ts';

/** Writes WAV, RF64 from 4 GB on. The head says at each checkpoint what the file holds. Worker only. */
export class WavEncoder implements TakeEncoder {
  readonly #file: TakeFile;
  readonly #shape: WavShape;
  readonly #packer: SamplePacker;

  constructor(file: TakeFile, sampleType: WavShape['sampleType'], task: EncoderTask) {
    this.#file = file;
    this.#shape = { sampleType, channels: task.channels, sampleRate: task.sampleRate };
    this.#packer = new SamplePacker(this.#shape, task.dither);
    file.append(wavHead(this.#shape, 0));
  }

  write(planes: readonly Float32Array[], frames: number): void {
    this.#file.append(this.#packer.pack(planes, frames));
  }

  checkpoint(): number {
    const frames = wavFrames(this.#shape, this.#file.size);
    this.#file.writeAt(wavHead(this.#shape, frames), 0);
    return frames;
  }

  finish(): void {
    closeWav(this.#file, this.#shape);
  }
}

/**
 * Ends a file with the last whole frame, and says in its head how long it is.
 * @returns Its frames.
 */
export function closeWav(file: TakeFile, shape: WavShape): number {
  const frames = wavFrames(shape, file.size);
  const dataBytes = frames * wavFrameBytes(shape);
  file.truncate(wavHeadBytes + dataBytes);
  if (dataBytes % 2 === 1) file.append(new Uint8Array(1));
  file.writeAt(wavHead(shape, frames), 0);
  return frames;
}
