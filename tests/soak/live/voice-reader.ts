/** A Worker that keeps up with the voice and the mix, and holds the one against the other. */
import type { ReaderRecord, VoiceRecord } from '../../../scripts/soak/record.mjs';
import {
  type AudioChunk,
  FrameListener,
  Listener,
  type ListenerData,
} from '../../../web/lib/bus/index.ts';
import { booksOf } from './books.ts';
import { drainFrames } from './mix-frames.ts';
import { serve, waited } from './thread.ts';
import { VoiceAligner } from './voice-aligner.ts';

export interface VoiceTask {
  readonly mix: ListenerData;
  readonly voice: ListenerData;
  readonly rateHz: number;
  /** The audio clock at the mix's frame 0. */
  readonly firstFrame: number;
}

export interface VoiceFound {
  readonly books: readonly ReaderRecord[];
  readonly voice: VoiceRecord;
}

/** Counts chunks and holds their times against a clock that only counts samples. */
class ChunkClock {
  chunks = 0;
  jumps = 0;
  maxTimestampErrorMs = 0;
  endMs = 0;
  #first: AudioChunk | undefined;
  #next = 0;
  #dropped = 0;

  /** @param dropped By its listener so far. */
  take(chunk: AudioChunk, dropped: number): void {
    const { seq, timestampMs, sampleRate, samples } = chunk;
    const chunkMs = (samples.length * 1000) / sampleRate;
    this.#first ??= chunk.copy();
    const { seq: firstSeq, timestampMs: firstMs } = this.#first ?? chunk;
    const error = Math.abs(timestampMs - firstMs - (seq - firstSeq) * chunkMs);
    if (this.chunks > 0 && seq !== this.#next + dropped - this.#dropped) this.jumps += 1;
    this.#dropped = dropped;
    this.chunks += 1;
    this.#next = seq + 1;
    this.maxTimestampErrorMs = Math.max(this.maxTimestampErrorMs, error);
    this.endMs = timestampMs + chunkMs;
  }
}

const framesAtOnce = 4096;

serve(async (task: VoiceTask, signal): Promise<VoiceFound> => {
  const [mix, voice] = [FrameListener.attach(task.mix), Listener.attach(task.voice)];
  const aligner = new VoiceAligner(task.rateHz, task.firstFrame);
  const clock = new ChunkClock();
  const waiting: AudioChunk[] = [];
  const step = (): void => {
    for (let next = voice.tryRecv(); next !== undefined; next = voice.tryRecv()) {
      clock.take(next, voice.dropped);
      const copy = next.copy();
      if (copy !== undefined) waiting.push(copy);
    }
    drainFrames(mix, aligner);
    while (waiting[0] !== undefined && aligner.covers(waiting[0])) {
      aligner.compare(waiting.shift()!);
    }
  };
  while (await waited(mix.ready(framesAtOnce, { signal }), signal)) step();
  step();
  const { compared, maxIndexError, minCorrelation } = aligner;
  const { chunks, jumps, maxTimestampErrorMs, endMs } = clock;
  return {
    books: [booksOf(mix, 'mix'), booksOf(voice, 'voice')],
    voice: { chunks, jumps, maxTimestampErrorMs, compared, maxIndexError, minCorrelation, endMs },
  };
});
