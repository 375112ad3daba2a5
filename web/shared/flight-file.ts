/**
 * The file of a flight recording: all numbers little-endian, 32 bits.
 *
 * - `QUANTAFR`, version, length of the head in bytes, its CRC-32;
 * - the head: JSON, with spaces at its end so that what follows is aligned;
 * - the segments: `SEGM`, number, continues, words of the log, CRC-32 of these three and of the log,
 *   the log;
 * - `END.`, the number of segments.
 */
import { crc32 } from './crc32.ts';
import { FlightFormatError, type FlightSegment } from './flight-log.ts';
import { constants, flightSegmentHeaderBytes } from './layout.gen.ts';

/** The head of a file. */
export interface FlightHead {
  /** `constants.flightSchema` and `constants.abiVersion` of the engine that recorded. */
  readonly flightSchema: number;
  readonly abiVersion: number;
  readonly rateHz: number;
  /** Why it was saved: a word or a sentence. */
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  readonly segments: number;
}

/** A file's content; the logs are not read yet: see `readFlightLog`. */
export interface FlightFile {
  readonly head: FlightHead;
  readonly segments: readonly FlightSegment[];
}

/** What decides a head besides the segments. */
export type FlightOccasion = Pick<FlightHead, 'rateHz' | 'reason' | 'savedAt'>;

const magic = 'QUANTAFR';
const version = 1;
const segmentTag = 0x4d474553;
const endTag = 0x2e444e45;
const wordBytes = 4;
const prefixBytes = 20;
const segmentHeadWords = 5;
const endWords = 2;
const maxHeadBytes = 65_536;
const maxLogWords = (constants.flightSegmentBytes - flightSegmentHeaderBytes) / wordBytes;

/** The file, in parts that follow each other; a part takes some milliseconds at most. */
export function* encodeFlight(
  occasion: FlightOccasion,
  segments: readonly FlightSegment[],
): Generator<Uint8Array<ArrayBuffer>> {
  const { flightSchema, abiVersion } = constants;
  const head: FlightHead = { flightSchema, abiVersion, ...occasion, segments: segments.length };
  const text = toBytes(JSON.stringify(head).replace(/[\u0080-\uffff]/g, escaped));
  const padded = new Uint8Array(Math.ceil(text.length / wordBytes) * wordBytes).fill(0x20);
  padded.set(text);
  const prefix = new Uint8Array(prefixBytes);
  prefix.set(toBytes(magic));
  prefix.set(wordsToBytes([version, padded.length, crc32(padded)]), magic.length);
  yield prefix;
  yield padded;
  for (const segment of segments) yield* encodeSegment(segment);
  yield wordsToBytes([endTag, segments.length]);
}

// The worklet's scope has no TextEncoder, so a head is ASCII.
const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const fromBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

function encodeSegment({ number, continues, log }: FlightSegment): Uint8Array<ArrayBuffer>[] {
  const words = [number, continues ? 1 : 0, log.length];
  const bytes = new Uint8Array(log.buffer, log.byteOffset, log.byteLength);
  const crc = crc32(bytes, crc32(wordsToBytes(words)));
  return [wordsToBytes([segmentTag, ...words, crc]), bytes];
}

function wordsToBytes(words: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Uint32Array.from(words).buffer);
}

/** Reads a file. Nothing is taken on trust: lengths are looked at before what they lead to. */
export function decodeFlight(bytes: Uint8Array): FlightFile {
  const reader = new Reader(bytes);
  const head = readHead(reader);
  const segments: FlightSegment[] = [];
  while (segments.length < head.segments) segments.push(readSegment(reader));
  const [tag, count] = reader.words(endWords, 'the end');
  const atEnd = tag === endTag && count === head.segments && reader.left === 0;
  if (!atEnd) throw new FlightFormatError('it does not end where it says');
  for (const [i, { number }] of segments.entries()) {
    if (i === 0 || number > segments[i - 1]!.number) continue;
    throw new FlightFormatError('its segments are not in order');
  }
  return { head, segments };
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** A copy, so that words in it are aligned. */
  take(length: number, what: string): Uint8Array<ArrayBuffer> {
    if (length > this.left) throw new FlightFormatError(`it ends before ${what} does`);
    this.#at += length;
    return new Uint8Array(this.#bytes.subarray(this.#at - length, this.#at));
  }

  words(count: number, what: string): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.take(count * wordBytes, what).buffer);
  }
}

function readHead(reader: Reader): FlightHead {
  const found = fromBytes(reader.take(magic.length, 'its first word'));
  if (found !== magic) throw new FlightFormatError('it is no flight recording');
  const [fileVersion, length, crc] = reader.words(3, 'its prefix');
  if (fileVersion !== version) {
    throw new FlightFormatError(`it has version ${fileVersion}, this program reads ${version}`);
  }
  if (length! > maxHeadBytes) throw new FlightFormatError(`its head has ${length} bytes`);
  const head = reader.take(length!, 'its head');
  if (crc32(head) !== crc) throw new FlightFormatError('its head is damaged');
  return checkedHead(parsed(fromBytes(head)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FlightFormatError('its head is no JSON', { cause });
  }
}

function checkedHead(value: unknown): FlightHead {
  if (typeof value !== 'object' || value === null) {
    throw new FlightFormatError('its head is no object');
  }
  const head = value as Record<keyof FlightHead, unknown>;
  for (const name of ['flightSchema', 'abiVersion'] as const) {
    if (head[name] === constants[name]) continue;
    const was = String(head[name]);
    throw new FlightFormatError(`its ${name} is ${was}, this program has ${constants[name]}`);
  }
  const { minRateHz, maxRateHz, flightSegments } = constants;
  checkWhole('rateHz', head.rateHz, minRateHz, maxRateHz);
  checkWhole('segments', head.segments, 1, flightSegments);
  for (const name of ['reason', 'savedAt'] as const) {
    if (typeof head[name] !== 'string') throw new FlightFormatError(`its ${name} is no text`);
  }
  return value as FlightHead;
}

function checkWhole(name: string, value: unknown, min: number, max: number): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw new FlightFormatError(`its ${name} is no whole number from ${min} to ${max}`);
}

function readSegment(reader: Reader): FlightSegment {
  const head = reader.words(segmentHeadWords, 'the head of a segment');
  const [tag, number, continues, length, crc] = head;
  if (tag !== segmentTag) throw new FlightFormatError('it has no segment where one should be');
  if (length! > maxLogWords) throw new FlightFormatError(`segment ${number} has ${length} words`);
  const log = reader.words(length!, `segment ${number}`);
  const stated = new Uint8Array(head.buffer, wordBytes, 3 * wordBytes);
  if (crc32(new Uint8Array(log.buffer), crc32(stated)) !== crc) {
    throw new FlightFormatError(`segment ${number} is damaged`);
  }
  return { number: number!, continues: continues === 1, log };
}
