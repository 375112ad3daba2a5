import type { AudioChunk } from '../../../web/lib/bus/index.ts';
import { constants } from '../../../web/shared/layout.gen.ts';
import { VoiceAligner } from '../live/voice-aligner.ts';
import { PATTERN_FRAMES, sameBytes, type Timeline } from './timeline.ts';

const { chunkFrames, chunkRateHz } = constants;
const sampleMs = 1000 / chunkRateHz;
/** Chunks after which the voice of the pattern begins anew. */
const period = PATTERN_FRAMES / (3 * chunkFrames);
// What a chunk is made of reaches so much farther than itself.
const marginFrames = 512;

/**
 * Checks the times and the samples of the voice of a pattern at 48 kHz. The first chunks, and those
 * at gaps and ramps, are found again in the mix by an interpolation of our own; all others are the same
 * as the first, bit by bit.
 */
export class VoiceCheck {
  wrongTimes = 0;
  wrongChunks = 0;
  /** Chunks that were compared bit by bit. */
  compared = 0;
  readonly aligner: VoiceAligner;
  readonly #timeline: Timeline;
  readonly #rateHz: number;
  readonly #firstFrame: number;
  readonly #firstSeq: number;
  readonly #references: (Float32Array | undefined)[] = [];
  #delay: number | undefined;

  constructor(timeline: Timeline, rateHz: number, firstFrame: number, firstSeq: number) {
    this.#timeline = timeline;
    this.#rateHz = rateHz;
    this.#firstFrame = firstFrame;
    this.#firstSeq = firstSeq;
    this.aligner = new VoiceAligner(rateHz, firstFrame);
  }

  check(chunk: AudioChunk): void {
    if (chunk.timestampMs !== this.#timeOf(chunk)) this.wrongTimes += 1;
    const from = (chunk.timestampMs * this.#rateHz) / 1000;
    const to = from + (chunk.samples.length * this.#rateHz) / chunk.sampleRate;
    const begins = from < this.#firstFrame + marginFrames;
    const isPattern = !begins && this.#timeline.isPattern(from - marginFrames, to + marginFrames);
    if (isPattern) this.#comparePattern(chunk);
    else if (this.aligner.covers(chunk)) this.aligner.compare(chunk);
  }

  #comparePattern(chunk: AudioChunk): void {
    this.compared += 1;
    const place = (chunk.seq - this.#firstSeq) % period;
    const reference = this.#references[place];
    if (reference === undefined) this.#learn(place, chunk);
    else if (!sameBytes(chunk.samples, reference)) this.wrongChunks += 1;
  }

  // The filter's delay is a whole number of samples, which the first chunk lies before the first frame.
  #timeOf({ seq, timestampMs }: AudioChunk): number {
    const startMs = (this.#firstFrame * 1000) / this.#rateHz;
    this.#delay ??= Math.round((startMs - timestampMs) / sampleMs);
    return startMs + ((seq - this.#firstSeq) * chunkFrames - this.#delay) * sampleMs;
  }

  #learn(place: number, chunk: AudioChunk): void {
    const copy = chunk.copy();
    if (copy === undefined || !this.aligner.covers(copy)) return;
    this.aligner.compare(copy);
    this.#references[place] = copy.samples;
  }
}
