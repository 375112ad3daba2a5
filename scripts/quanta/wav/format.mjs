// @ts-check
// The `fmt ` chunk of a WAV file (Microsoft, WAVEFORMATEX and WAVEFORMATEXTENSIBLE).
import { layoutConstant } from '../../lib/engine-module.mjs';
import { FileError } from '../errors.mjs';
import { usualMask } from './places.mjs';

/** How one sample is stored. All are little-endian; int8 is unsigned, with silence at 128. */
export const ENCODINGS = /** @type {const} */ ([
  'int8',
  'int16',
  'int24',
  'int32',
  'float32',
  'float64',
]);

/** @typedef {(typeof ENCODINGS)[number]} Encoding */

/**
 * @typedef {object} WavFormat
 * @property {number} rateHz
 * @property {number} channels
 * @property {number} channelMask `dwChannelMask`, or the usual one where the file names none
 * @property {Encoding} encoding
 * @property {number} frameBytes
 */

const TAG_PCM = 1;
const TAG_FLOAT = 3;
const TAG_EXTENSIBLE = 0xfffe;

/** Other codecs that are met in WAV files, for the message. */
const CODECS = new Map([
  [2, 'ADPCM'],
  [6, 'A-law'],
  [7, 'µ-law'],
  [0x11, 'IMA ADPCM'],
  [0x55, 'MP3'],
  [0xff, 'AAC'],
]);

/** The GUID of a sub-format that stands for a format tag, behind the tag's two bytes. */
const TAG_GUID = '000000001000800000aa00389b71';

const PLAIN_BYTES = 16;
const EXTENSIBLE_BYTES = 40;

/**
 * @param {Buffer} chunk
 * @returns {{ tag: number, channelMask: number }}
 */
function readTag(chunk) {
  const tag = chunk.readUInt16LE(0);
  if (tag !== TAG_EXTENSIBLE) return { tag, channelMask: 0 };
  if (chunk.length < EXTENSIBLE_BYTES) {
    throw new FileError('damaged', `its fmt chunk has ${chunk.length} bytes, not 40`);
  }
  if (chunk.toString('hex', 26, EXTENSIBLE_BYTES) !== TAG_GUID) {
    throw new FileError('unsupported', 'its samples have a format of their own');
  }
  return { tag: chunk.readUInt16LE(24), channelMask: chunk.readUInt32LE(20) };
}

/**
 * @param {number} tag
 * @param {number} bits
 * @returns {Encoding}
 */
function encodingOf(tag, bits) {
  if (tag !== TAG_PCM && tag !== TAG_FLOAT) {
    const codec = CODECS.get(tag) ?? `format 0x${tag.toString(16)}`;
    throw new FileError('unsupported', `holds ${codec}; integers and floats can be read`);
  }
  const kind = tag === TAG_PCM ? 'int' : 'float';
  // An integer of odd size lies at the top of the bytes that hold it.
  const storedBits = kind === 'int' ? Math.ceil(bits / 8) * 8 : bits;
  const encoding = ENCODINGS.find((known) => known === `${kind}${storedBits}`);
  if (encoding !== undefined) return encoding;
  const numbers = kind === 'int' ? 'integers' : 'floats';
  throw new FileError('unsupported', `holds ${numbers} of ${bits} bits`);
}

/** @param {Encoding} encoding */
export const sampleBytes = (encoding) => Number(encoding.replace(/\D+/, '')) / 8;

/** @param {number} rateHz */
function assertRate(rateHz) {
  const [lowest, highest] = [layoutConstant('minRateHz'), layoutConstant('maxRateHz')];
  if (rateHz >= lowest && rateHz <= highest) return;
  const range = `${lowest} to ${highest} Hz`;
  throw new FileError('unsupported', `has a sample rate of ${rateHz} Hz; ${range} can be read`);
}

/**
 * @param {Buffer} chunk the chunk's bytes, without its header
 * @returns {WavFormat}
 */
export function parseFormat(chunk) {
  if (chunk.length < PLAIN_BYTES) {
    throw new FileError('damaged', `its fmt chunk has ${chunk.length} bytes, not 16 or more`);
  }
  const { tag, channelMask } = readTag(chunk);
  const encoding = encodingOf(tag, chunk.readUInt16LE(14));
  const channels = chunk.readUInt16LE(2);
  const rateHz = chunk.readUInt32LE(4);
  const frameBytes = chunk.readUInt16LE(12);
  if (channels === 0) throw new FileError('damaged', 'has 0 channels');
  assertRate(rateHz);
  if (frameBytes !== channels * sampleBytes(encoding)) {
    const what = `${channels} ${encoding} samples in ${frameBytes} bytes`;
    throw new FileError('damaged', `its fmt chunk contradicts itself: ${what}`);
  }
  return {
    rateHz,
    channels,
    channelMask: channelMask === 0 ? usualMask(channels) : channelMask,
    encoding,
    frameBytes,
  };
}
