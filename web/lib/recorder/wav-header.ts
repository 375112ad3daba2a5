/**
 * The head of a WAV file that can become longer than 4 GB while it is written (EBU Tech 3306): room is
 * kept for a `ds64` chunk, and the head is the same length always, so that it can be written again over
 * the old one as the file grows.
 */

/** Samples of a WAV file. */
export interface WavShape {
  readonly sampleType: 'int16' | 'int24' | 'float32';
  readonly channels: number;
  readonly sampleRate: number;
}

const sampleBytes = { int16: 2, int24: 3, float32: 4 } as const;

const ds64Bytes = 28;
const formatBytes = 40;
/** Length of the head: RIFF, JUNK or ds64, fmt, fact, data. */
export const wavHeadBytes: number = 12 + (8 + ds64Bytes) + (8 + formatBytes) + (8 + 4) + 8;

// WAVE_FORMAT_EXTENSIBLE, and the last 14 bytes of the GUIDs that it uses (Microsoft, mmreg.h).
const extensibleTag = 0xfffe;
const pcmTag = 1;
const floatTag = 3;
const guidEnd = [
  0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71,
];
const largest = 0xffff_ffff;

/** Bytes of one frame. */
export function wavFrameBytes({ sampleType, channels }: WavShape): number {
  return sampleBytes[sampleType] * channels;
}

/** Whole frames in a file of so many bytes. */
export function wavFrames(shape: WavShape, fileBytes: number): number {
  return Math.floor(Math.max(0, fileBytes - wavHeadBytes) / wavFrameBytes(shape));
}

/** The head of a file with so many frames. A file above 4 GB says so by its first word. */
export function wavHead(shape: WavShape, frames: number): Uint8Array<ArrayBuffer> {
  const dataBytes = frames * wavFrameBytes(shape);
  const riffBytes = wavHeadBytes - 8 + dataBytes + (dataBytes % 2);
  const isLarge = riffBytes > largest;
  const writer = new LittleEndian(wavHeadBytes);
  writer.text(isLarge ? 'RF64' : 'RIFF');
  writer.u32(isLarge ? largest : riffBytes);
  writer.text('WAVE');
  writer.text(isLarge ? 'ds64' : 'JUNK');
  writer.u32(ds64Bytes);
  for (const value of [riffBytes, dataBytes, frames]) writer.u64(isLarge ? value : 0);
  writer.u32(0);
  writeFormat(writer, shape);
  writer.text('fact');
  writer.u32(4);
  writer.u32(Math.min(frames, largest));
  writer.text('data');
  writer.u32(isLarge ? largest : dataBytes);
  return writer.bytes;
}

function writeFormat(writer: LittleEndian, shape: WavShape): void {
  const { sampleType, channels, sampleRate } = shape;
  const frameBytes = wavFrameBytes(shape);
  const bits = 8 * sampleBytes[sampleType];
  writer.text('fmt ');
  writer.u32(formatBytes);
  writer.u16(extensibleTag);
  writer.u16(channels);
  writer.u32(sampleRate);
  writer.u32(sampleRate * frameBytes);
  writer.u16(frameBytes);
  writer.u16(bits);
  writer.u16(22);
  writer.u16(bits);
  // Front centre; front left and right.
  writer.u32(channels === 1 ? 4 : 3);
  writer.u16(sampleType === 'float32' ? floatTag : pcmTag);
  for (const byte of guidEnd) writer.u8(byte);
}

class LittleEndian {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  text(text: string): void {
    for (const character of text) this.u8(character.charCodeAt(0));
  }

  u8(value: number): void {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }

  u16(value: number): void {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
  }

  u32(value: number): void {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }

  u64(value: number): void {
    this.u32(value % 2 ** 32);
    this.u32(Math.floor(value / 2 ** 32));
  }
}
