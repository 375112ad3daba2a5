// @ts-check
// Reads WAV files of any length in constant memory.
//
// A reader of our own, because the packages that there are do not tell what a meter must know. Of
// those that can stream, none gives the channel mask, on which the loudness depends, and none says
// that a file is shorter than its header promises; the others hold the whole file in memory.
import { open, stat } from 'node:fs/promises';
import { FileError, orFileError } from '../errors.mjs';
import { readHeader } from './header.mjs';
import { decoderOf } from './samples.mjs';

const READ_BYTES = 2 ** 20;

/**
 * @param {string} path
 * @returns {Promise<number>} its size in bytes
 * @throws {FileError} it is no file
 */
export async function requireFile(path) {
  // Before it is opened: opening a pipe waits for its writer.
  const stats = await orFileError('unreadable', () => stat(path));
  if (stats.isFile()) return stats.size;
  const what = stats.isDirectory() ? 'a folder' : 'no regular file';
  throw new FileError('unreadable', `cannot be read: it is ${what}`);
}

/** An open file and its header. Close it. */
export class WavReader {
  /** @readonly */
  #handle;
  /** @readonly */
  #header;
  /** @readonly */
  #bytes;
  /** @readonly */
  #decode;
  #position;
  #framesLeft;

  /**
   * @param {import('node:fs/promises').FileHandle} handle
   * @param {import('./header.mjs').WavHeader} header
   */
  constructor(handle, header) {
    const { encoding, frameBytes } = header.format;
    this.#handle = handle;
    this.#header = header;
    this.#position = header.dataStart;
    this.#framesLeft = header.frames;
    const readFrames = Math.max(1, Math.floor(READ_BYTES / frameBytes));
    // Whole 8 bytes, so that every typed array fits.
    const buffer = new ArrayBuffer(Math.ceil((readFrames * frameBytes) / 8) * 8);
    this.#bytes = new Uint8Array(buffer, 0, readFrames * frameBytes);
    this.#decode = decoderOf(encoding, buffer);
  }

  /**
   * @param {string} path
   * @param {{ partial: boolean }} options partial: take what is there of a file that is cut short
   * @returns {Promise<WavReader>}
   * @throws {FileError}
   */
  static async open(path, { partial }) {
    const fileBytes = await requireFile(path);
    const handle = await orFileError('unreadable', () => open(path, 'r'));
    try {
      const header = await orFileError('unreadable', () => readHeader(handle, fileBytes));
      assertUsable(header, partial);
      return new WavReader(handle, header);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @returns {import('./format.mjs').WavFormat} */
  get format() {
    return this.#header.format;
  }

  /** Frames that can be read in all. */
  get frames() {
    return this.#header.frames;
  }

  /** What the header says, where that is not what is there; else null. */
  get promisedFrames() {
    return this.#header.promisedFrames;
  }

  /**
   * Fills the planes from their start, as far as a read goes.
   * @param {readonly Float32Array[]} planes one for each channel, of one length
   * @returns {Promise<number>} frames; 0 at the end
   * @throws {FileError}
   */
  async read(planes) {
    const { channels, frameBytes } = this.format;
    const room = Math.min(planes[0]?.length ?? 0, this.#framesLeft);
    const frames = Math.min(room, this.#bytes.length / frameBytes);
    await this.#fill(frames * frameBytes);
    planes.forEach((plane, channel) => this.#decode(plane.subarray(0, frames), channel, channels));
    this.#framesLeft -= frames;
    return frames;
  }

  /** @param {number} length */
  async #fill(length) {
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await orFileError('unreadable', () =>
        this.#handle.read(this.#bytes, filled, length - filled, this.#position),
      );
      if (bytesRead === 0) throw new FileError('unreadable', 'became shorter while it was read');
      filled += bytesRead;
      this.#position += bytesRead;
    }
  }

  async close() {
    await this.#handle.close();
  }
}

/**
 * @param {Pick<import('./header.mjs').WavHeader, 'frames' | 'promisedFrames'>} header
 * @param {boolean} partial
 * @throws {FileError} it is cut short, or empty
 */
export function assertUsable({ frames, promisedFrames }, partial) {
  if (promisedFrames !== null && !partial) {
    const found =
      promisedFrames === 0
        ? `its header was never completed, and ${frames} frames follow it`
        : `its header promises ${promisedFrames} frames, ${frames} are there`;
    throw new FileError('truncated', `is cut short: ${found} (--partial takes these)`);
  }
  if (frames === 0) throw new FileError('empty', 'holds no samples');
}
