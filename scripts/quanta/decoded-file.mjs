// @ts-check
// FLAC and Ogg files (Opus, Vorbis, FLAC), decoded as a whole by packages made for them.
import { readFile } from 'node:fs/promises';
import { FileError, orFileError } from './errors.mjs';
import { usualMask } from './wav/places.mjs';

/**
 * @typedef {object} Decoded
 * @property {Float32Array[]} channelData
 * @property {number} samplesDecoded
 * @property {number} sampleRate
 * @property {readonly { message: string }[]} errors
 */

/** @typedef {{ ready: Promise<void>, decodeFile(bytes: Uint8Array): Promise<Decoded>, free(): void }} Decoder */

/**
 * @typedef {object} Codec
 * @property {string} name
 * @property {string} mark in the first bytes of a file
 * @property {() => Promise<Decoder>} load
 */

/** Where the mark of an Ogg stream's codec ends at the latest. */
const HEAD_BYTES = 64;
const FLAC_MARK = 'fLaC';
const OGG_MARK = 'OggS';

/** @returns {Promise<Decoder>} */
const loadFlac = async () => new (await import('@wasm-audio-decoders/flac')).FLACDecoder();

/** @type {readonly Codec[]} */
const CODECS = [
  {
    name: 'opus',
    mark: 'OpusHead',
    load: async () => new (await import('ogg-opus-decoder')).OggOpusDecoder(),
  },
  {
    name: 'vorbis',
    mark: '\u0001vorbis',
    load: async () => new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder(),
  },
  { name: 'flac', mark: FLAC_MARK, load: loadFlac },
  { name: 'flac', mark: '\u007fFLAC', load: loadFlac },
];

/**
 * Whether a file that begins so is for this module.
 * @param {Uint8Array} head
 */
export const isCoded = (head) => [FLAC_MARK, OGG_MARK].includes(textOf(head.subarray(0, 4)));

/** @param {Uint8Array} bytes */
const textOf = (bytes) => Buffer.from(bytes).toString('latin1');

/**
 * Frames that a FLAC file says it has (STREAMINFO, RFC 9639, 8.2); 0: it does not say.
 * @param {Uint8Array} bytes
 */
function framesOfFlac(bytes) {
  const [high = 0, ...rest] = bytes.subarray(21, 26);
  return rest.reduce((sum, byte) => sum * 256 + byte, high & 15);
}

/**
 * Of an Ogg file without its end, the pages that are whole; null: it has its end (RFC 3533, 6).
 * @param {Uint8Array} bytes
 */
function wholePages(bytes) {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(OGG_MARK);
  const isLast = (Number(bytes[at + 5]) & 4) !== 0;
  return isLast ? null : bytes.subarray(0, at);
}

/** A file that is in memory as a whole, read as a `WavReader` is. */
export class DecodedFile {
  /** @readonly */
  #channels;
  #at = 0;

  /**
   * @param {Codec} codec
   * @param {Decoded} decoded
   * @param {number | null} promisedFrames
   */
  constructor({ name }, { channelData, samplesDecoded, sampleRate }, promisedFrames) {
    this.#channels = channelData;
    this.frames = samplesDecoded;
    this.promisedFrames = promisedFrames;
    const channels = channelData.length;
    this.format = {
      ...{ rateHz: sampleRate, channels, channelMask: usualMask(channels) },
      encoding: name,
    };
  }

  /**
   * @param {string} path
   * @returns {Promise<DecodedFile>}
   * @throws {FileError}
   */
  static async open(path) {
    const bytes = new Uint8Array(await orFileError('unreadable', () => readFile(path)));
    const head = textOf(bytes.subarray(0, HEAD_BYTES));
    const codec = CODECS.find(({ mark }) => head.includes(mark));
    if (codec === undefined) {
      throw new FileError(
        'unsupported',
        'is an Ogg file of a kind that this program does not take',
      );
    }
    if (head.startsWith(OGG_MARK)) {
      const whole = wholePages(bytes);
      return new DecodedFile(codec, await decode(codec, whole ?? bytes), whole === null ? null : 0);
    }
    const decoded = await decode(codec, bytes);
    const promised = framesOfFlac(bytes);
    const isWhole = promised === 0 || promised === decoded.samplesDecoded;
    return new DecodedFile(codec, decoded, isWhole ? null : promised);
  }

  /**
   * As `WavReader.read`.
   * @param {readonly Float32Array[]} planes
   */
  read(planes) {
    const frames = Math.min(planes[0]?.length ?? 0, this.frames - this.#at);
    for (const [i, plane] of planes.entries()) {
      plane.set(this.#channels[i]?.subarray(this.#at, this.#at + frames) ?? []);
    }
    this.#at += frames;
    return Promise.resolve(frames);
  }

  /** Nothing is open. */
  close() {
    return Promise.resolve();
  }
}

/**
 * @param {Codec} codec
 * @param {Uint8Array} bytes
 */
async function decode(codec, bytes) {
  const decoder = await codec.load();
  await decoder.ready;
  try {
    const decoded = await decoder.decodeFile(bytes);
    const [error] = decoded.errors;
    if (error !== undefined) throw new FileError('damaged', `cannot be decoded: ${error.message}`);
    return decoded;
  } finally {
    decoder.free();
  }
}
