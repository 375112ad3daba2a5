/** Audio files for the player, made in the browser. */
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  OggOutputFormat,
  Output,
  type OutputFormat,
  Quality,
} from 'mediabunny';

const headerBytes = 44;
const floatTag = 3;

/** A WAV file of floats: its samples are these very bits. */
export function floatWav(planes: readonly Float32Array[], rateHz: number, name: string): File {
  const channels = planes.length;
  const frames = planes[0]!.length;
  const bytes = new ArrayBuffer(headerBytes + 4 * channels * frames);
  const view = new DataView(bytes);
  const text = (at: number, letters: string): void =>
    new TextEncoder().encode(letters).forEach((letter, i) => view.setUint8(at + i, letter));
  text(0, 'RIFF');
  view.setUint32(4, bytes.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, floatTag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, 4 * channels * rateHz, true);
  view.setUint16(32, 4 * channels, true);
  view.setUint16(34, 32, true);
  text(36, 'data');
  view.setUint32(40, bytes.byteLength - headerBytes, true);
  const samples = new Float32Array(bytes, headerBytes);
  planes.forEach((plane, channel) =>
    plane.forEach((sample, i) => (samples[i * channels + channel] = sample)),
  );
  return new File([bytes], name, { type: 'audio/wav' });
}

/** The same sound, encoded by the browser as Opus. */
export async function opusFile(
  planes: readonly Float32Array[],
  rateHz: number,
  name: string,
  format: OutputFormat = new OggOutputFormat(),
): Promise<File> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new AudioSampleSource({ codec: 'opus', quality: new Quality('high') });
  output.addAudioTrack(source);
  await output.start();
  const data = new Float32Array(planes.length * planes[0]!.length);
  planes.forEach((plane, channel) => data.set(plane, channel * plane.length));
  const numberOfChannels = planes.length;
  const sound = { data, numberOfChannels, sampleRate: rateHz, timestamp: 0 };
  const sample = new AudioSample({ ...sound, format: 'f32-planar' });
  await source.add(sample);
  sample.close();
  await output.finalize();
  return new File([target.buffer!], name);
}
