// @ts-check
// A file with sound, whatever it is coded in.
import { open } from 'node:fs/promises';
import { DecodedFile, isCoded } from './decoded-file.mjs';
import { orFileError } from './errors.mjs';
import { assertUsable, requireFile, WavReader } from './wav/reader.mjs';

/** @typedef {import('./wav/describe.mjs').AudioFile & { close(): Promise<void> }} OpenFile */

const HEAD_BYTES = 4;

/** @param {string} path */
async function headOf(path) {
  const handle = await orFileError('unreadable', () => open(path, 'r'));
  try {
    const { buffer } = await orFileError('unreadable', () =>
      handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0),
    );
    return buffer;
  } finally {
    await handle.close();
  }
}

/**
 * Opens a WAV, FLAC or Ogg file. Close it.
 * @param {string} path
 * @param {{ partial: boolean }} options partial: take what is there of a file that is cut short
 * @returns {Promise<OpenFile>}
 * @throws {FileError}
 */
export async function openAudio(path, { partial }) {
  await requireFile(path);
  if (!isCoded(await headOf(path))) return WavReader.open(path, { partial });
  const file = await DecodedFile.open(path);
  assertUsable(file, partial);
  return file;
}
