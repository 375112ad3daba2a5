/** MP3 by LAME. */
import { type Lame, type LameBitrate, loadLame } from '../lame.ts';
import {
  type EncoderOpener,
  type EncoderPlan,
  streamChannels,
  type StreamEncoder,
} from './stream-encoder.ts';

/** Rates of MPEG-1 layer III, the best one first. */
const mp3Rates = [48_000, 44_100, 32_000] as const;

/** The rate that the stream gets: the input's, or the next lower one. */
const mp3Rate = (rateHz: number): (typeof mp3Rates)[number] =>
  mp3Rates.find((rate) => rate <= rateHz) ?? 32_000;

/** Loads LAME once for any number of encoders. @throws Where it cannot be loaded. */
export async function loadMp3(): Promise<EncoderOpener> {
  const create = await loadLame();
  return async (plan) => new Mp3Encoder(plan, await create());
}

class Mp3Encoder implements StreamEncoder {
  readonly mime = 'audio/mpeg';
  readonly #plan: EncoderPlan;
  readonly #lame: Lame;
  readonly #pageFrames: number;
  #parts: Uint8Array[] = [];
  #frames = 0;
  #isOver = false;

  constructor(plan: EncoderPlan, lame: Lame) {
    this.#plan = plan;
    this.#lame = lame;
    this.#pageFrames = (plan.pageMs * plan.rateHz) / 1000;
    lame.configure({
      sampleRate: plan.rateHz,
      channels: streamChannels,
      outputSampleRate: mp3Rate(plan.rateHz),
      bitrate: plan.bitrateKbps as LameBitrate,
    });
  }

  encode(channels: readonly [Float32Array, Float32Array]): void {
    if (this.#isOver) return;
    // LAME's own memory: it is gone with the next call.
    this.#parts.push(this.#lame.encode(channels).slice());
    this.#frames += channels[0].length;
    if (this.#frames >= this.#pageFrames) this.#give();
  }

  finish(): Promise<void> {
    if (!this.#isOver) {
      this.#parts.push(this.#lame.finalize().slice());
      this.#give();
    }
    this.close();
    return Promise.resolve();
  }

  close(): void {
    this.#isOver = true;
  }

  /** LAME holds back two frames of MP3 at most, which are counted with the page before them. */
  #give(): void {
    const bytes = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const frames = this.#frames;
    this.#parts = [];
    if (bytes.length === 0) return;
    this.#frames = 0;
    this.#plan.onPage({ bytes, frames });
  }
}
