/**
 * What an MP3 encoder put round the music, from the tag that most of them leave in an empty first frame:
 * Xing's header ("Xing" or "Info") with LAME's extension, after the "MP3 Info Tag" specification of the
 * LAME project, revision 1.
 */

/** Where the music lies among the frames that a decoder gives. */
export interface Mp3Music {
  /** Frames before it. */
  readonly leadFrames: number;
  readonly frames: number;
}

/** Bytes behind the ID3 tag that hold the first frame's tag. */
export const mp3HeadBytes = 512;
/** Bytes of an ID3 tag that tell how long it is. */
export const id3HeadBytes = 10;
const frameHeadBytes = 4;
// A decoder's own delay: an overlap of 528 samples and one more.
const decoderFrames = 529;

/**
 * @param head The first ten bytes of a file.
 * @returns Where its first frame begins: behind an ID3v2 tag, if there is one.
 */
export function firstFrameAt(head: Uint8Array): number {
  if (textAt(head, 0, 3) !== 'ID3') return 0;
  // Four times seven bits.
  return id3HeadBytes + head.slice(6, 10).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0);
}

/** @param frame The file's bytes from its first frame on. @returns Null where there is no such tag. */
export function musicOf(frame: Uint8Array): Mp3Music | null {
  const [, second = 0, , fourth = 0] = frame;
  const isFirstVersion = (second & 0b1000) !== 0;
  const isMono = fourth >> 6 === 0b11;
  const sideBytes = isFirstVersion ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const tag = frame.subarray(frameHeadBytes + sideBytes);
  if (tag.length < 144 || !['Xing', 'Info'].includes(textAt(tag, 0, 4))) return null;
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength);
  const hasAll = (view.getUint32(4) & 0b1111) === 0b1111;
  if (!hasAll || !/^LAME|^Lav/.test(textAt(tag, 120, 4))) return null;
  const packetFrames = isFirstVersion ? 1152 : 576;
  const padding = view.getUint32(141) >>> 8;
  const [before, behind] = [padding >>> 12, padding & 0xfff];
  const frames = view.getUint32(8) * packetFrames - before - behind;
  return frames > 0 ? { leadFrames: before + decoderFrames, frames } : null;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
