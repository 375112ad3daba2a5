/** What a recording can be written as. */

/**
 * WAV with 16 bits (with dither), 24 bits or 32-bit float; FLAC with 24 bits; Opus in Ogg or WebM; AAC
 * in ADTS; MP3.
 */
export type RecordFormat =
  'wav16' | 'wav24' | 'wav32f' | 'flac' | 'opus-ogg' | 'opus-webm' | 'aac' | 'mp3';

/** A format, and whether this browser can write it at a rate. */
export interface FormatSupport {
  readonly format: RecordFormat;
  /** For a person. */
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  readonly mime: string;
  readonly isSupported: boolean;
  /** Why it is not; null where it is. */
  readonly reason: string | null;
}

/** What a format is called. */
export type FormatNames = Pick<FormatSupport, 'label' | 'extension' | 'mime'>;

const wav = { extension: 'wav', mime: 'audio/wav' };

/** Names of the formats, in the order in which they are offered. */
export const formatNames: Readonly<Record<RecordFormat, FormatNames>> = {
  wav16: { label: 'WAV, 16 bits', ...wav },
  wav24: { label: 'WAV, 24 bits', ...wav },
  wav32f: { label: 'WAV, 32-bit float', ...wav },
  flac: { label: 'FLAC, 24 bits', extension: 'flac', mime: 'audio/flac' },
  'opus-ogg': { label: 'Opus in Ogg', extension: 'opus', mime: 'audio/ogg; codecs=opus' },
  'opus-webm': { label: 'Opus in WebM', extension: 'webm', mime: 'audio/webm; codecs=opus' },
  aac: { label: 'AAC', extension: 'aac', mime: 'audio/aac' },
  mp3: { label: 'MP3', extension: 'mp3', mime: 'audio/mpeg' },
};

/** All formats. */
export const recordFormats: readonly RecordFormat[] = Object.keys(formatNames) as RecordFormat[];

/** Whether a text from elsewhere names a format. */
export function isRecordFormat(text: unknown): text is RecordFormat {
  return typeof text === 'string' && Object.hasOwn(formatNames, text);
}
