/** WAV files of every kind that is met, built from the format's definition. */

export const encodings = ['int8', 'int16', 'int24', 'int32', 'float32', 'float64'] as const;
export type Encoding = (typeof encodings)[number];

export interface WavOptions {
  readonly rateHz: number;
  readonly encoding?: Encoding;
  /** Given: WAVEFORMATEXTENSIBLE with this mask. */
  readonly mask?: number;
  readonly container?: 'RIFF' | 'RF64' | 'BW64';
  /** Chunks before `fmt `. */
  readonly before?: readonly Buffer[];
  /** What the header says, where that is not the truth. */
  readonly claims?: { readonly riffBytes?: number; readonly dataBytes?: number };
}

/** Puts a sample at an index of a file's samples, in a buffer that holds nothing else. */
type Store = (index: number, sample: number) => void;

const whole = (sample: number, bits: number) => {
  const fullScale = 2 ** (bits - 1);
  return Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
};

const into =
  (array: { [index: number]: number }, stored: (sample: number) => number): Store =>
  (index, sample) => {
    array[index] = stored(sample);
  };

const threeBytes = (bytes: Uint8Array): Store => {
  return (index, sample) => {
    const value = whole(sample, 24);
    bytes[3 * index] = value;
    bytes[3 * index + 1] = value >> 8;
    bytes[3 * index + 2] = value >> 16;
  };
};

const formats: Record<
  Encoding,
  { readonly tag: number; readonly bytes: number; readonly store: (data: ArrayBuffer) => Store }
> = {
  int8: { tag: 1, bytes: 1, store: (data) => into(new Uint8Array(data), (x) => whole(x, 8) + 128) },
  int16: { tag: 1, bytes: 2, store: (data) => into(new Int16Array(data), (x) => whole(x, 16)) },
  int24: { tag: 1, bytes: 3, store: (data) => threeBytes(new Uint8Array(data)) },
  int32: { tag: 1, bytes: 4, store: (data) => into(new Int32Array(data), (x) => whole(x, 32)) },
  float32: { tag: 3, bytes: 4, store: (data) => into(new Float32Array(data), (x) => x) },
  float64: { tag: 3, bytes: 8, store: (data) => into(new Float64Array(data), (x) => x) },
};

/** A chunk with its padding. `bytes`: what it says of its length. */
export function chunk(id: string, body: Uint8Array, bytes = body.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(bytes, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

/** The samples of all channels, interleaved. */
function dataBytes(channels: readonly ArrayLike<number>[], encoding: Encoding): Buffer {
  const { bytes, store } = formats[encoding];
  const frames = channels[0]!.length;
  const data = new ArrayBuffer(frames * channels.length * bytes);
  const put = store(data);
  channels.forEach((samples, channel) => {
    for (let frame = 0; frame < frames; frame += 1) {
      put(frame * channels.length + channel, samples[frame]!);
    }
  });
  return Buffer.from(data);
}

/** The body of a `fmt ` chunk. */
export function formatBody(
  channels: number,
  { rateHz, encoding = 'float32', mask }: WavOptions,
): Buffer {
  const { tag, bytes } = formats[encoding];
  const body = Buffer.alloc(mask === undefined ? 16 : 40);
  body.writeUInt16LE(mask === undefined ? tag : 0xfffe, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rateHz, 4);
  body.writeUInt32LE((rateHz * channels * bytes) % 2 ** 32, 8);
  body.writeUInt16LE(channels * bytes, 12);
  body.writeUInt16LE(8 * bytes, 14);
  if (mask === undefined) return body;
  body.writeUInt16LE(22, 16);
  body.writeUInt16LE(8 * bytes, 18);
  body.writeUInt32LE(mask, 20);
  body.writeUInt16LE(tag, 24);
  body.write('000000001000800000aa00389b71', 26, 'hex');
  return body;
}

function sizes64(riffBytes: number, data: number, frames: number): Buffer {
  const body = Buffer.alloc(28);
  [riffBytes, data, frames].forEach((value, i) => body.writeBigUInt64LE(BigInt(value), 8 * i));
  return chunk('ds64', body);
}

/** A whole file. @param channels Samples of each channel, of one length; full scale is 1. */
export function wavBytes(channels: readonly ArrayLike<number>[], options: WavOptions): Buffer {
  const { encoding = 'float32', container = 'RIFF', before = [], claims = {} } = options;
  const data = dataBytes(channels, encoding);
  const claimedBytes = claims.dataBytes ?? data.length;
  const is64 = container !== 'RIFF';
  const fmt = chunk('fmt ', formatBody(channels.length, options));
  const sizes = is64 ? [sizes64(0, claimedBytes, channels[0]!.length)] : [];
  const samples = chunk('data', data, is64 ? 0xffffffff : claimedBytes);
  const body = Buffer.concat([Buffer.from('WAVE'), ...sizes, ...before, fmt, samples]);
  return chunk(container, body, claims.riffBytes ?? (is64 ? 0xffffffff : body.length));
}

/** The samples of a file of 32-bit floats as `quanta resample` writes it, without the reader. */
export function floatSamples(file: Buffer, channels: number): Float32Array[] {
  const start = file.indexOf('data', 12, 'latin1') + 8;
  const samples = new Float32Array(Uint8Array.from(file.subarray(start)).buffer);
  const frames = samples.length / channels;
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_unused, frame) => samples[frame * channels + channel]!),
  );
}
