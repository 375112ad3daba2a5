import { CaptureError } from '../errors.ts';
import type { CaptureEnd, OpenSource } from './source.ts';

/** An audio file, played from its decoded samples. */
export interface FileOptions {
  /** Any format that the browser decodes. */
  readonly file: Blob & { readonly name?: string };
  /** Start again at the end, without a gap. Default true. */
  readonly loop?: boolean;
}

// Decoded audio takes 4 bytes a sample; a larger file would take a gigabyte of memory and more.
const maxFileBytes = 256 * 1024 * 1024;

/** Reads, decodes and starts a file. @throws CaptureError */
export async function openFile(context: AudioContext, options: FileOptions): Promise<OpenSource> {
  const { file, loop = true } = options;
  const buffer = await decode(context, file);
  const node = new AudioBufferSourceNode(context, { buffer, loop });
  node.start();
  return {
    kind: 'file',
    label: file.name ?? 'Audio file',
    node,
    track: null,
    onEnd: (callback: (end: CaptureEnd) => void) =>
      node.addEventListener('ended', () => callback('ended'), { once: true }),
    stop: () => {
      node.stop();
      node.disconnect();
    },
  };
}

async function decode(context: AudioContext, file: Blob): Promise<AudioBuffer> {
  if (file.size > maxFileBytes) {
    throw new CaptureError(
      'file-too-long',
      `The file has ${Math.round(file.size / 2 ** 20)} MiB, too much to hold in memory decoded.`,
      `Choose a file below ${maxFileBytes / 2 ** 20} MiB.`,
    );
  }
  try {
    return await context.decodeAudioData(await file.arrayBuffer());
  } catch (error) {
    throw new CaptureError(
      'file-unreadable',
      'The file is no audio that this browser can decode.',
      'Choose another file: WAV, FLAC, MP3, Ogg and M4A work in most browsers.',
      error,
    );
  }
}
