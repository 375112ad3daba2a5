import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  EncodedPacketSink,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputFormat,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  UrlSource,
  WAVE,
  WEBM,
} from 'mediabunny';
import type { FileFacts, Refusal } from './messages.ts';
import { firstFrameAt, id3HeadBytes, type Mp3Music, mp3HeadBytes, musicOf } from './mp3-padding.ts';
import type { FrameSource } from './pump.ts';

const formats = [WAVE, MP3, OGG, FLAC, MP4, QTFF, WEBM, MATROSKA, ADTS];

/**
 * Decoded before the frame that is wanted, where a decoder needs what came before: Opus 80 ms after RFC
 * 7845, section 4.6; MP3 a reservoir of at most ten frames.
 */
const warmUpSec = 0.4;
const needsNoWarmUp = /^(pcm|flac|ulaw|alaw)/;
const partialContent = 206;
const mostRetries = 3;
const retrySec = 0.5;

/** Why a file is not played. */
export class FileRefused extends Error {
  readonly refusal: Refusal;

  constructor(code: Refusal['code'], detail: string) {
    super(detail);
    this.refusal = { code, detail };
  }
}

/** Where the music lies in a file: what is outside is the encoder's. */
interface Bounds {
  /** Of the first packet; below 0 where a decoder has to start up. */
  readonly firstSec: number;
  /** What counts as the beginning. */
  readonly originSec: number;
  /** Frames from there to the music. */
  readonly leadFrames: number;
  /** Frames of the music. */
  readonly frames: number;
  /** Whether the times of its packets count what a decoder leaves out. */
  readonly countsLeftOut: boolean;
}

/** An audio file, read and decoded piece by piece. Workers only. */
export class DecodedFile implements FrameSource {
  readonly facts: FileFacts;
  readonly #sink: AudioSampleSink;
  readonly #packets: EncodedPacketSink;
  readonly #bounds: Bounds;

  private constructor(facts: FileFacts, track: InputAudioTrack, bounds: Bounds) {
    this.facts = facts;
    this.#sink = new AudioSampleSink(track);
    this.#packets = new EncodedPacketSink(track);
    this.#bounds = bounds;
  }

  /** @param source The file, or its address. @throws FileRefused */
  static async open(source: Blob | string): Promise<DecodedFile> {
    const input = new Input({ formats, source: sourceOf(source) });
    if (!(await isReadable(input))) throw new FileRefused('file-unreadable', 'no known format');
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new FileRefused('no-audio', '');
    const codec = await decodableCodec(track);
    const channels = await track.getNumberOfChannels();
    if (channels > 2) throw new FileRefused('too-many-channels', String(channels));
    const sampleRate = await track.getSampleRate();
    const bounds = await boundsOf(source, await input.getFormat(), track);
    const told = bounds.frames / sampleRate;
    const durationSec = Number.isFinite(told) ? told : await lengthSec(track);
    return new DecodedFile({ codec, sampleRate, channels, durationSec }, track, bounds);
  }

  /**
   * What a decoder that begins within a file leaves out of its first sample, in frames: a Vorbis decoder
   * its whole first packet, an Opus decoder the frames that it leaves out at the beginning of a file.
   */
  async #leftOut(startSec: number): Promise<(first: AudioSample) => number> {
    const { sampleRate, codec } = this.facts;
    if (this.#bounds.countsLeftOut) return () => 0;
    const packet = await this.#packets.getPacket(startSec, { metadataOnly: true });
    const frames = Math.round((packet?.duration ?? 0) * sampleRate);
    if (codec === 'vorbis') return () => frames;
    return ({ numberOfFrames }) => Math.max(0, frames - numberOfFrames);
  }

  /** @throws Error where the file cannot be read any further. */
  async *frames(from: number): AsyncGenerator<readonly Float32Array[]> {
    const { sampleRate, codec } = this.facts;
    const { firstSec, originSec, leadFrames, frames } = this.#bounds;
    const warmUp = needsNoWarmUp.test(codec) ? 0 : warmUpSec;
    const wantedSec = originSec + (from + leadFrames) / sampleRate;
    const startSec = Math.max(firstSec, wantedSec - warmUp);
    const leftOut = startSec > firstSec ? await this.#leftOut(startSec) : () => 0;
    // Times are rounded in some containers, so only the first one counts.
    let next: number | null = null;
    for await (const sample of this.#sink.samples(startSec)) {
      try {
        next ??=
          Math.round((sample.timestamp - originSec) * sampleRate) + leftOut(sample) - leadFrames;
        const begin = Math.max(0, from - next);
        const end = Math.min(sample.numberOfFrames, frames - next);
        next += sample.numberOfFrames;
        if (begin < end) yield planesOf(sample, begin, end - begin);
      } finally {
        sample.close();
      }
    }
  }
}

async function boundsOf(
  source: Blob | string,
  format: InputFormat,
  track: InputAudioTrack,
): Promise<Bounds> {
  const firstSec = await track.getFirstTimestamp();
  const originSec = Math.max(0, firstSec);
  const countsLeftOut = [WEBM, MATROSKA].includes(format);
  const music = format === MP3 ? await mp3Music(source) : null;
  if (music !== null) return { firstSec, originSec, ...music, countsLeftOut };
  // Without a container only the end tells how long it is.
  const isStream = [MP3, ADTS].includes(format);
  const lengthOf = async (): Promise<number> => (await track.computeDuration()) - originSec;
  const sampleRate = await track.getSampleRate();
  const frames = isStream ? Infinity : Math.round(Math.max(0, await lengthOf()) * sampleRate);
  return { firstSec, originSec, leadFrames: 0, frames, countsLeftOut };
}

/** Of a stream: near enough to show. */
async function lengthSec(track: InputAudioTrack): Promise<number> {
  return (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
}

async function mp3Music(source: Blob | string): Promise<Mp3Music | null> {
  const head = await bytesOf(source, 0, id3HeadBytes);
  const at = firstFrameAt(head);
  return musicOf(await bytesOf(source, at, at + mp3HeadBytes));
}

/** Some bytes of a file; none where a server does not give parts. */
async function bytesOf(source: Blob | string, from: number, to: number): Promise<Uint8Array> {
  if (typeof source !== 'string') {
    return new Uint8Array(await source.slice(from, to).arrayBuffer());
  }
  const response = await fetch(source, { headers: { Range: `bytes=${from}-${to - 1}` } });
  if (response.status === partialContent) return new Uint8Array(await response.arrayBuffer());
  await response.body?.cancel();
  return new Uint8Array();
}

function sourceOf(source: Blob | string): BlobSource | UrlSource {
  if (typeof source !== 'string') return new BlobSource(source);
  const getRetryDelay = (tries: number): number | null => (tries < mostRetries ? retrySec : null);
  return new UrlSource(source, { getRetryDelay });
}

async function isReadable(input: Input): Promise<boolean> {
  try {
    return await input.canRead();
  } catch (error) {
    throw new FileRefused('file-unreadable', String(error));
  }
}

async function decodableCodec(track: InputAudioTrack): Promise<string> {
  const codec = await track.getCodec();
  if (codec !== null && (await track.canDecode())) return codec;
  const name = codec ?? (await track.getInternalCodecId());
  throw new FileRefused('codec-unsupported', name === null ? 'unknown' : String(name));
}

function planesOf(sample: AudioSample, frameOffset: number, frameCount: number): Float32Array[] {
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(frameCount);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar', frameOffset, frameCount });
    return plane;
  });
}
