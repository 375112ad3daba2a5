/** Opus in Ogg (RFC 7845): WebCodecs encodes, mediabunny makes the pages. */
import {
  EncodedAudioPacketSource,
  EncodedPacket,
  NullTarget,
  OggOutputFormat,
  Output,
} from 'mediabunny';
import { opusConfig } from './opus-config.ts';
import { type EncoderPlan, streamChannels, type StreamEncoder } from './stream-encoder.ts';

/** Granule positions of Opus count at this rate, whatever the input's is (RFC 7845, 4). */
const granuleHz = 48_000;
/** Where a page has its granule position (RFC 3533, 6). */
const granuleAt = 6;

export class OpusEncoder implements StreamEncoder {
  readonly mime = 'audio/ogg';
  readonly #plan: EncoderPlan;
  readonly #encoder: AudioEncoder;
  readonly #output: Output;
  readonly #source = new EncodedAudioPacketSource('opus');
  #frames = 0;
  #granule = 0;
  #isOver = false;

  private constructor(plan: EncoderPlan) {
    this.#plan = plan;
    const format = new OggOutputFormat({
      maximumPageDuration: plan.pageMs / 1000,
      onPage: (bytes) => this.#give(bytes as Uint8Array<ArrayBuffer>),
    });
    this.#output = new Output({ format, target: new NullTarget() });
    this.#output.addAudioTrack(this.#source);
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#add(chunk, meta),
      error: (error) => this.#fail(error),
    });
  }

  /** A new stream with a serial number of its own. */
  static async open(plan: EncoderPlan): Promise<OpusEncoder> {
    const opus = new OpusEncoder(plan);
    opus.#encoder.configure(opusConfig(plan.rateHz, plan.bitrateKbps, plan.pageMs));
    await opus.#output.start();
    return opus;
  }

  encode([left, right]: readonly [Float32Array, Float32Array]): void {
    if (this.#isOver) return;
    const { rateHz: sampleRate } = this.#plan;
    const numberOfFrames = left.length;
    const data = new Float32Array(streamChannels * numberOfFrames);
    data.set(left);
    data.set(right, numberOfFrames);
    const timestamp = Math.round((this.#frames * 1e6) / sampleRate);
    const numberOfChannels = streamChannels;
    const shape = { format: 'f32-planar', sampleRate, numberOfFrames, numberOfChannels } as const;
    const sound = new AudioData({ ...shape, timestamp, data });
    this.#encoder.encode(sound);
    sound.close();
    this.#frames += numberOfFrames;
  }

  async finish(): Promise<void> {
    if (this.#isOver) return;
    await this.#encoder.flush();
    await this.#output.finalize();
    this.close();
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #add(chunk: EncodedAudioChunk, meta: EncodedAudioChunkMetadata | undefined): void {
    if (this.#isOver) return;
    this.#source
      .add(EncodedPacket.fromEncodedChunk(chunk), meta)
      .catch((error: unknown) => this.#fail(error));
  }

  #give(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isOver) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const granule = Number(view.getBigInt64(granuleAt, true));
    const frames = this.#framesAt(granule) - this.#framesAt(this.#granule);
    this.#granule = granule;
    this.#plan.onPage({ bytes, frames });
  }

  #framesAt(granule: number): number {
    return Math.round((granule * this.#plan.rateHz) / granuleHz);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.close();
    this.#plan.onFailure(error);
  }
}
