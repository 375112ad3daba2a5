/** Test signals as WAV files. */

interface SampleFormat {
  /** WAVE format tag: 1 PCM, 3 IEEE float. */
  readonly tag: number;
  readonly bytes: number;
  readonly write: (file: Buffer, sample: number, offset: number) => void;
}

const formats = {
  int16: {
    tag: 1,
    bytes: 2,
    write: (file, sample, offset) => void file.writeInt16LE(Math.round(sample * 32767), offset),
  },
  float32: {
    tag: 3,
    bytes: 4,
    write: (file, sample, offset) => void file.writeFloatLE(sample, offset),
  },
} as const satisfies Record<string, SampleFormat>;

const headerBytes = 44;

/** A RIFF file. @param channels One array of samples per channel, of one length. */
export function wavFile(
  channels: readonly Float32Array[],
  sampleRate: number,
  format: keyof typeof formats = 'float32',
): Buffer {
  const { tag, bytes, write } = formats[format];
  const frameBytes = bytes * channels.length;
  const dataBytes = frameBytes * channels[0]!.length;
  const file = Buffer.alloc(headerBytes + dataBytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(tag, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * frameBytes, 28);
  file.writeUInt16LE(frameBytes, 32);
  file.writeUInt16LE(bytes * 8, 34);
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
  channels.forEach((samples, channel) =>
    samples.forEach((sample, frame) =>
      write(file, sample, headerBytes + frame * frameBytes + channel * bytes),
    ),
  );
  return file;
}

/** A sine of whole seconds: it loops without a step when the frequency is whole. */
export function sine(
  frequencyHz: number,
  peak: number,
  seconds: number,
  sampleRate: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: seconds * sampleRate },
    (_, i) => peak * Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate),
  );
}
