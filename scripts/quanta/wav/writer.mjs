// @ts-check
// Writes WAV files of 32-bit floats, of any length in constant memory.
import { statSync } from 'node:fs';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { FileError, orFileError } from '../errors.mjs';
import { usualMask } from './places.mjs';

/**
 * @typedef {object} Content
 * @property {number} rateHz
 * @property {number} channels
 * @property {number} channelMask
 * @property {number} frames
 */

const SAMPLE_BYTES = 4;
/** The bytes of a frame have 16 bits in the header. */
const MAX_CHANNELS = Math.floor(0xffff / SAMPLE_BYTES);
const MAX_RIFF_BYTES = 0xffffffff;
const SIZE_ELSEWHERE = 0xffffffff;
const TAG_FLOAT = 3;
const TAG_EXTENSIBLE = 0xfffe;
const FLOAT_GUID = '0300000000001000800000aa00389b71';

/**
 * @param {string} id
 * @param {Buffer} body
 * @param {number} [bytes] what the chunk says of its length
 */
function chunk(id, body, bytes = body.length) {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(bytes, 4);
  return Buffer.concat([header, body]);
}

/**
 * @param {Content} content
 * @returns {Buffer} the fmt chunk's body: the plain form where that says all
 */
function format({ rateHz, channels, channelMask }) {
  const isPlain = channels <= 2 && channelMask === usualMask(channels);
  const body = Buffer.alloc(isPlain ? 18 : 40);
  body.writeUInt16LE(isPlain ? TAG_FLOAT : TAG_EXTENSIBLE, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rateHz, 4);
  body.writeUInt32LE((rateHz * channels * SAMPLE_BYTES) % 2 ** 32, 8);
  body.writeUInt16LE(channels * SAMPLE_BYTES, 12);
  body.writeUInt16LE(8 * SAMPLE_BYTES, 14);
  if (isPlain) return body;
  body.writeUInt16LE(22, 16);
  body.writeUInt16LE(8 * SAMPLE_BYTES, 18);
  body.writeUInt32LE(channelMask, 20);
  body.write(FLOAT_GUID, 24, 'hex');
  return body;
}

/**
 * @param {number} riffBytes
 * @param {number} dataBytes
 * @param {number} frames
 */
function ds64(riffBytes, dataBytes, frames) {
  const body = Buffer.alloc(28);
  body.writeBigUInt64LE(BigInt(riffBytes), 0);
  body.writeBigUInt64LE(BigInt(dataBytes), 8);
  body.writeBigUInt64LE(BigInt(frames), 16);
  return chunk('ds64', body);
}

/**
 * All that comes before the samples: RIFF, or RF64 where that cannot hold them.
 * @param {Content} content
 * @returns {Buffer}
 */
export function wavHeader(content) {
  const { channels, frames } = content;
  const dataBytes = frames * channels * SAMPLE_BYTES;
  const count = Buffer.alloc(4);
  count.writeUInt32LE(Math.min(frames, SIZE_ELSEWHERE));
  const inner = [chunk('fmt ', format(content)), chunk('fact', count)];
  const innerBytes = inner.reduce((sum, part) => sum + part.length, 'WAVE'.length + 8);
  const riffBytes = innerBytes + dataBytes;
  const data = (/** @type {number} */ bytes) => chunk('data', Buffer.alloc(0), bytes);
  if (riffBytes <= MAX_RIFF_BYTES) {
    const body = Buffer.concat([Buffer.from('WAVE'), ...inner, data(dataBytes)]);
    return chunk('RIFF', body, riffBytes);
  }
  const sizes = ds64(riffBytes + 36, dataBytes, frames);
  const body = Buffer.concat([Buffer.from('WAVE'), sizes, ...inner, data(SIZE_ELSEWHERE)]);
  return chunk('RF64', body, SIZE_ELSEWHERE);
}

/**
 * Where the file really lies: behind the links, if it is there already.
 * @param {string} path
 */
async function destinationOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return path;
  if (stats.isFile()) return realpath(path);
  const what = stats.isDirectory() ? 'a folder' : 'no regular file';
  throw new FileError('unwritable', `cannot be written: it is ${what}`);
}

/** A file in the making, under another name until it is complete. Finish or discard it. */
export class WavWriter {
  /** @readonly */
  #handle;
  /** @readonly */
  #partPath;
  /** @readonly */
  #path;
  #bytesLeft = 0;

  /**
   * @param {import('node:fs/promises').FileHandle} handle
   * @param {string} partPath
   * @param {string} path
   */
  constructor(handle, partPath, path) {
    this.#handle = handle;
    this.#partPath = partPath;
    this.#path = path;
  }

  /**
   * @param {string} path
   * @param {Content} content
   * @returns {Promise<WavWriter>}
   * @throws {FileError}
   */
  static async create(path, content) {
    if (content.channels > MAX_CHANNELS) {
      const what = `cannot be written: ${MAX_CHANNELS} channels of floats fit into a WAV file`;
      throw new FileError('unwritable', `${what}, not ${content.channels}`);
    }
    const destination = await orFileError('unwritable', () => destinationOf(path));
    const partPath = `${destination}.${process.pid}.part`;
    const handle = await orFileError('unwritable', () => open(partPath, 'wx'));
    const writer = new WavWriter(handle, partPath, destination);
    const header = wavHeader(content);
    writer.#bytesLeft = header.length + content.frames * content.channels * SAMPLE_BYTES;
    try {
      await writer.write(header);
      return writer;
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  /**
   * @param {Uint8Array} bytes of interleaved frames
   * @throws {FileError}
   */
  async write(bytes) {
    // Unlike write(), it goes on until every byte is written or the system says why not.
    await orFileError('unwritable', () => this.#handle.writeFile(bytes));
    this.#bytesLeft -= bytes.length;
  }

  /** @throws {FileError} */
  async finish() {
    if (this.#bytesLeft !== 0) throw new Error(`${this.#bytesLeft} bytes were not written.`);
    await orFileError('unwritable', () => this.#handle.close());
    await orFileError('unwritable', () => rename(this.#partPath, this.#path));
  }

  /** Leaves everything as it was before. */
  async discard() {
    await this.#handle.close();
    await rm(this.#partPath, { force: true });
  }
}
