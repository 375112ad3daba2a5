// @ts-check
// The chunks of a WAV file up to its samples: RIFF, and RF64 and BW64 for more than 4 GiB (EBU Tech
// 3306, ITU-R BS.2088).
import { FileError } from '../errors.mjs';
import { parseFormat } from './format.mjs';

/** @typedef {import('node:fs/promises').FileHandle} FileHandle */

/**
 * @typedef {object} WavHeader
 * @property {import('./format.mjs').WavFormat} format
 * @property {number} dataStart first byte of the samples
 * @property {number} frames whole frames that are there
 * @property {number | null} promisedFrames what the header says where more should be there, 0 where
 *   it was never completed; else null
 */

const RIFF_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const DS64_BYTES = 24;
/** Longer ones are not read: nothing of interest can lie there. */
const MAX_FMT_BYTES = 4096;
const MAX_CHUNKS = 1000;
/** A size that is given in `ds64`, or that the writer could not know. */
const SIZE_ELSEWHERE = 0xffffffff;

/**
 * Reads as much as there is, up to a length.
 * @param {FileHandle} handle
 * @param {number} position
 * @param {number} length
 */
async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const endsInHeader = () => new FileError('truncated', 'is cut short: it ends inside its header');

/**
 * @param {Buffer} start the file's first bytes
 * @returns {boolean} whether its sizes may have 64 bits
 */
function readSignature(start) {
  if (start.length === 0) throw new FileError('empty', 'is empty');
  const id = start.toString('latin1', 0, 4);
  if (id === 'RIFX') throw new FileError('unsupported', 'is big-endian (RIFX)');
  const isRiff = ['RIFF', 'RF64', 'BW64'].some((known) => known.startsWith(id));
  if (isRiff && start.length < RIFF_BYTES) throw endsInHeader();
  if (isRiff && start.toString('latin1', 8) === 'WAVE') return id !== 'RIFF';
  const shown = JSON.stringify(start.toString('latin1').replace(/[^ -~]/g, '.'));
  throw new FileError('not-wav', `is not a WAV file: it begins with ${shown}`);
}

/**
 * @typedef {object} Chunks
 * @property {import('./format.mjs').WavFormat} format
 * @property {number} dataStart
 * @property {number} dataBytes as the header says; Infinity where it does not say
 */

/**
 * @param {FileHandle} handle
 * @param {boolean} is64
 * @returns {Promise<Chunks>}
 */
async function readChunks(handle, is64) {
  let position = RIFF_BYTES;
  let bytesElsewhere = Infinity;
  let format;
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const header = await readAt(handle, position, CHUNK_HEADER_BYTES);
    if (header.length < CHUNK_HEADER_BYTES) throw endsInHeader();
    const id = header.toString('latin1', 0, 4);
    const bytes = header.readUInt32LE(4);
    position += CHUNK_HEADER_BYTES;
    if (id === 'data') {
      if (format === undefined)
        throw new FileError('damaged', 'has no fmt chunk before its samples');
      return {
        format,
        dataStart: position,
        dataBytes: bytes === SIZE_ELSEWHERE ? bytesElsewhere : bytes,
      };
    }
    if (id === 'ds64' && is64) bytesElsewhere = await readDs64(handle, position, bytes);
    if (id === 'fmt ') format = parseFormat(await readChunk(handle, position, bytes));
    position += bytes + (bytes % 2);
  }
  throw new FileError('damaged', `has no samples in its first ${MAX_CHUNKS} chunks`);
}

/**
 * @param {FileHandle} handle
 * @param {number} position
 * @param {number} bytes
 */
async function readChunk(handle, position, bytes) {
  const length = Math.min(bytes, MAX_FMT_BYTES);
  const chunk = await readAt(handle, position, length);
  if (chunk.length < length) throw endsInHeader();
  return chunk;
}

/**
 * @param {FileHandle} handle
 * @param {number} position
 * @param {number} bytes
 * @returns {Promise<number>} the size of the samples
 */
async function readDs64(handle, position, bytes) {
  const chunk = await readChunk(handle, position, bytes);
  if (chunk.length >= DS64_BYTES) return Number(chunk.readBigUInt64LE(8));
  throw new FileError('damaged', `its ds64 chunk has ${chunk.length} bytes, not 24 or more`);
}

/**
 * @param {FileHandle} handle
 * @param {number} fileBytes
 * @returns {Promise<WavHeader>}
 * @throws {FileError} where there is no WAV file whose samples could be read
 */
export async function readHeader(handle, fileBytes) {
  const start = await readAt(handle, 0, RIFF_BYTES);
  const { format, dataStart, dataBytes } = await readChunks(handle, readSignature(start));
  const thereBytes = Math.max(0, fileBytes - dataStart);
  // Recorders write 0 first and the sizes last, so both are 0 where one was stopped in between.
  const isUnfinished = start.readUInt32LE(4) === 0 && dataBytes === 0 && thereBytes > 0;
  const isCut = Number.isFinite(dataBytes) && dataBytes > thereBytes;
  const bytes = isUnfinished ? thereBytes : Math.min(dataBytes, thereBytes);
  return {
    format,
    dataStart,
    frames: Math.floor(bytes / format.frameBytes),
    promisedFrames: isUnfinished || isCut ? Math.floor(dataBytes / format.frameBytes) : null,
  };
}
