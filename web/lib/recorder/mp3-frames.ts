/** Frames of MPEG-1, 2 and 2.5 layer III (ISO/IEC 11172-3, 13818-3), as far as a file needs them. */

/** Rates of MP3, in Hz. */
export const mp3Rates: readonly number[] = [
  8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
];

const rates = [44_100, 48_000, 32_000];
// In steps of 8 kbit/s.
const bitrates1 = [0, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40];
const bitrates2 = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20];

/** What a frame's head says. */
export interface Mp3Head {
  readonly bytes: number;
  /** Frames of sound. */
  readonly samples: number;
  /** Of the side information. */
  readonly sideBytes: number;
}

/** The head of the frame at a place; undefined where there is none. */
export function readMp3Head(bytes: Uint8Array, at: number): Mp3Head | undefined {
  const [sync = 0, kind = 0, figures = 0, mode = 0] = bytes.subarray(at, at + 4);
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const version = (kind >> 3) & 3;
  const isFirst = version === 3;
  const steps = (isFirst ? bitrates1 : bitrates2)[figures >> 4];
  const rate = rates[(figures >> 2) & 3];
  if (steps === undefined || steps === 0 || rate === undefined || version === 1) return undefined;
  const rateHz = isFirst ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = isFirst ? 1152 : 576;
  const padding = (figures >> 1) & 1;
  const isMono = mode >> 6 === 3;
  const sideBytes = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return { bytes: Math.floor((samples * steps * 1000) / rateHz) + padding, samples, sideBytes };
}

/** What the first frame of a file tells of the rest. */
export interface Mp3Length {
  /** Frames of MP3 behind it. */
  readonly count: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Frames of sound that precede and follow what was recorded. */
  readonly delay: number;
  readonly padding: number;
}

/** Of the tag, from its name on. */
const tagBytes = 156;

/**
 * A first frame that holds no sound but says how long the file is, and what of it was recorded: the tag
 * of Xing with the part that LAME added, which players read to begin and end at the sample.
 *
 * @param like A frame of the file; it has to have room.
 * @returns Undefined where it has none.
 */
export function infoFrame(
  like: Uint8Array,
  length: Mp3Length,
): Uint8Array<ArrayBuffer> | undefined {
  const head = readMp3Head(like, 0);
  if (head === undefined || head.bytes < 4 + head.sideBytes + tagBytes) return undefined;
  const frame = new Uint8Array(head.bytes);
  frame.set(like.subarray(0, 4));
  // Without a checksum.
  frame[1] = (frame[1] ?? 0) | 1;
  const view = new DataView(frame.buffer);
  const at = 4 + head.sideBytes;
  frame.set(new TextEncoder().encode('Info'), at);
  // It has the number of frames, that of bytes, and a table of places.
  view.setUint32(at + 4, 7);
  view.setUint32(at + 8, length.count);
  view.setUint32(at + 12, length.bytes);
  for (let i = 0; i < 100; i += 1) frame[at + 16 + i] = Math.floor((i * 256) / 100);
  frame.set(new TextEncoder().encode('LAME3.100'), at + 116);
  frame[at + 137] = length.delay >> 4;
  frame[at + 138] = ((length.delay & 0xf) << 4) | (length.padding >> 8);
  frame[at + 139] = length.padding & 0xff;
  return frame;
}
