/** Finds the encoder of a format, and loads it when it is wanted. Worker only. */
import { RecorderError } from '../errors.ts';
import { codecConfig, type Container } from './codec-config.ts';
import { mp3Rates } from './mp3-frames.ts';
import type { RecordFormat } from './record-format.ts';
import { encoderFailed } from './recorder-errors.ts';
import type { EncoderTask, TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';
import { WavEncoder } from './wav-encoder.ts';
import type { WavShape } from './wav-header.ts';

/** Samples of the formats that need no encoder. */
export const wavTypes: Readonly<Partial<Record<RecordFormat, WavShape['sampleType']>>> = {
  wav16: 'int16',
  wav24: 'int24',
  wav32f: 'float32',
};

/** Asked for: browsers answer by codec and rate, not by bitrate. */
const usualKbps = 96;
/** Rates beyond are not in the format's head (RFC 9639, section 9.1.2). */
const mostFlacHz = 655_350;

/** Why a format cannot be written at a rate; null where it can. */
export async function refusalOf(format: RecordFormat, sampleRate: number): Promise<string | null> {
  switch (format) {
    case 'wav16':
    case 'wav24':
    case 'wav32f':
      return null;
    case 'flac':
      return sampleRate <= mostFlacHz ? null : `FLAC has no rate of ${sampleRate} Hz`;
    case 'mp3':
      return mp3Rates.includes(sampleRate) ? null : `MP3 has no rate of ${sampleRate} Hz`;
    case 'opus-ogg':
    case 'opus-webm':
      return codecRefusal('ogg', sampleRate);
    case 'aac':
      return codecRefusal('adts', sampleRate);
  }
}

async function codecRefusal(container: Container, sampleRate: number): Promise<string | null> {
  if (typeof AudioEncoder === 'undefined') return 'it has no WebCodecs';
  const config = codecConfig(container, { channels: 2, sampleRate, bitrateKbps: usualKbps });
  const { supported } = await AudioEncoder.isConfigSupported(config);
  return supported === true ? null : `it has no such encoder at ${sampleRate} Hz`;
}

/** Begins a file. @throws RecorderError */
export async function openEncoder(
  format: RecordFormat,
  file: TakeFile,
  task: EncoderTask,
): Promise<TakeEncoder> {
  try {
    return await loadEncoder(format, file, task);
  } catch (error) {
    throw error instanceof RecorderError ? error : encoderFailed(error);
  }
}

async function loadEncoder(
  format: RecordFormat,
  file: TakeFile,
  task: EncoderTask,
): Promise<TakeEncoder> {
  switch (format) {
    case 'wav16':
    case 'wav24':
    case 'wav32f':
      return new WavEncoder(file, wavTypes[format] ?? 'float32', task);
    case 'flac':
      return (await import('./flac-encoder.ts')).FlacEncoder.open(file, task);
    case 'mp3':
      return (await import('./mp3-encoder.ts')).Mp3Encoder.open(file, task);
    case 'opus-ogg':
      return openCodec('ogg', file, task);
    case 'opus-webm':
      return openCodec('webm', file, task);
    case 'aac':
      return openCodec('adts', file, task);
  }
}

async function openCodec(
  container: Container,
  file: TakeFile,
  task: EncoderTask,
): Promise<TakeEncoder> {
  return (await import('./codec-encoder.ts')).CodecEncoder.open(file, container, task);
}
