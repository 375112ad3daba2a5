import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
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
import type { FrameSource } from './pump.ts';

const formats = [WAVE, MP3, OGG, FLAC, MP4, QTFF, WEBM, MATROSKA, ADTS];

/**
 * Decoded before the frame that is wanted, where a decoder needs what came before: Opus 80 ms after RFC
 * 7845, section 4.6; MP3 a reservoir of at most ten frames.
 */
const warmUpSec = 0.4;
const needsNoWarmUp = /^(pcm|flac|ulaw|alaw)/;
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

/** An audio file, read and decoded piece by piece. Workers only. */
export class DecodedFile implements FrameSource {
  readonly facts: FileFacts;
  readonly #sink: AudioSampleSink;
  /** Of frame 0: what lies before is the encoder's, not the music's. */
  readonly #originSec: number;

  private constructor(facts: FileFacts, sink: AudioSampleSink, originSec: number) {
    this.facts = facts;
    this.#sink = sink;
    this.#originSec = originSec;
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
    const originSec = Math.max(0, await track.getFirstTimestamp());
    const endSec = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
    const sampleRate = await track.getSampleRate();
    const durationSec = Math.max(0, endSec - originSec);
    const facts = { codec, sampleRate, channels, durationSec };
    return new DecodedFile(facts, new AudioSampleSink(track), originSec);
  }

  /** @throws Error where the file cannot be read any further. */
  async *frames(from: number): AsyncGenerator<readonly Float32Array[]> {
    const { sampleRate, codec } = this.facts;
    const warmUp = needsNoWarmUp.test(codec) ? 0 : warmUpSec;
    const startSec = Math.max(0, from / sampleRate - warmUp) + this.#originSec;
    // Times are rounded in some containers, so only the first one counts.
    let next: number | null = null;
    for await (const sample of this.#sink.samples(startSec)) {
      try {
        next ??= Math.round((sample.timestamp - this.#originSec) * sampleRate);
        const skipped = Math.max(0, from - next);
        next += sample.numberOfFrames;
        if (skipped < sample.numberOfFrames) yield planesOf(sample, skipped);
      } finally {
        sample.close();
      }
    }
  }
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

function planesOf(sample: AudioSample, frameOffset: number): Float32Array[] {
  const frameCount = sample.numberOfFrames - frameOffset;
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(frameCount);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar', frameOffset, frameCount });
    return plane;
  });
}
