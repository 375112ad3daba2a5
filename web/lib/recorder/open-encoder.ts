/** Finds the encoder of a format. Worker only. */
import type { RecordFormat } from './record-format.ts';
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

/** Why a format cannot be written at a rate; null where it can. */
export function refusalOf(format: RecordFormat, sampleRate: number): Promise<string | null> {
  const isKnown = wavTypes[format] !== undefined && sampleRate > 0;
  return Promise.resolve(isKnown ? null : 'its encoder is not there');
}

/** Begins a file. @throws RecorderError */
export function openEncoder(
  format: RecordFormat,
  file: TakeFile,
  task: EncoderTask,
): Promise<TakeEncoder> {
  const sampleType = wavTypes[format] ?? 'float32';
  return Promise.resolve(new WavEncoder(file, sampleType, task));
}
