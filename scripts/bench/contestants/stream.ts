/** Broadcasts: see `benchmarks/stream.mjs`. */
import { MixBus } from '../../../web/lib/bus/mix-bus.ts';
import { allocateClock, allocateTable } from '../../../web/lib/bus/ring-address.ts';
import { FrameBooks } from '../../../web/lib/streamer/frame-books.ts';
import { MixPump } from '../../../web/lib/streamer/mix-pump.ts';
import { loadMp3 } from '../../../web/lib/streamer/mp3-encoder.ts';
import { OpusEncoder } from '../../../web/lib/streamer/opus-encoder.ts';
import { RingTimes } from '../../../web/lib/streamer/ring-times.ts';
import type { EncoderOpener } from '../../../web/lib/streamer/stream-encoder.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../../web/shared/frame-ring.ts';
import type { Program, ProgramMaker } from '../contestant-table.mjs';

const rateHz = 48_000;
const pageMs = 40;
const blockFrames = 480;
const toneHz = 440;
const sliceMs = 1000;
const ringFrames = 2 ** 18;
/** How often a device brings sound. */
const deviceMs = 10;

const tone = Float32Array.from(
  { length: rateHz },
  (_, i) => 0.5 * Math.sin((2 * Math.PI * toneHz * i) / rateHz),
);

/** Pages that go, and who waits for them. */
class Pages {
  #waiting: (() => void)[] = [];
  #frames = 0;

  /** Frames of all that have gone. */
  get frames(): number {
    return this.#frames;
  }

  come(frames: number): void {
    this.#frames += frames;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** A mix ring that is filled as the clock goes, in portions of a device. */
function liveMix(): { mix: MixBus; stop: () => void } {
  const shape = frameRingShape(ringFrames, 2, rateHz);
  const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
  const writer = new FrameRingWriter(BroadcastMemory.create(buffer, 0, shape));
  const mix = new MixBus({ buffer, byteOffset: 0, table: allocateTable(), clock: allocateClock() });
  const startMs = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startMs) * rateHz) / 1000);
    const frames = Math.min(due - writer.position, tone.length);
    if (frames > 0) writer.write([tone, tone], frames);
  }, deviceMs);
  return { mix, stop: () => clearInterval(timer) };
}

/** Ours, from the ring until a page is handed over. */
const delay: ProgramMaker = async () => {
  const { mix, stop } = liveMix();
  const [books, times, pages] = [new FrameBooks(), new RingTimes(), new Pages()];
  const onPage = ({ frames }: { frames: number }): void => pages.come(frames);
  const onFailure = (error: unknown): never => {
    throw error as Error;
  };
  const encoder = await OpusEncoder.open({ rateHz, bitrateKbps: 96, pageMs, onPage, onFailure });
  const listener = mix.listen();
  const begin = mix.published;
  const pump = new MixPump({ listener, books, times, rateHz, pageMs });
  const ends = new AbortController();
  void pump.run(encoder, { isFull: () => false }, ends.signal);
  return {
    check: async () => {
      await pages.next();
      if (pump.skipped + listener.dropped > 0) throw new Error('Sound was lost.');
    },
    resume: () => pages.next(),
    run: async (operations) => {
      for (let i = 0; i < operations; i += 1) {
        const frame = mix.published - begin;
        while (pages.frames <= frame) await pages.next();
      }
    },
    close: () => {
      ends.abort();
      encoder.close();
      stop();
    },
  };
};

/** What pages that broadcast without a library use, with its shortest usual slices. */
const recorder: ProgramMaker = async () => {
  const context = new AudioContext({ sampleRate: rateHz });
  await context.resume();
  const destination = new MediaStreamAudioDestinationNode(context);
  const oscillator = new OscillatorNode(context, { frequency: toneHz });
  oscillator.connect(destination);
  oscillator.start();
  const media = new MediaRecorder(destination.stream, { mimeType: 'audio/webm;codecs=opus' });
  const pages = new Pages();
  let bytes = 0;
  media.addEventListener('dataavailable', ({ data }) => {
    bytes += data.size;
    pages.come(rateHz * (sliceMs / 1000));
  });
  media.start(sliceMs);
  return {
    check: async () => {
      await pages.next();
      if (bytes === 0) throw new Error('Nothing was recorded.');
    },
    resume: () => pages.next(),
    run: async (operations) => {
      for (let i = 0; i < operations; i += 1) await pages.next();
    },
    close: () => {
      media.stop();
      void context.close();
    },
  };
};

/** One operation: a second of sound, and a new encoder for it. */
function encoding(open: EncoderOpener, bitrateKbps: number): Program {
  const second = async (): Promise<{ bytes: number; frames: number }> => {
    const all = { bytes: 0, frames: 0 };
    const onPage = (page: { bytes: Uint8Array; frames: number }): void => {
      all.bytes += page.bytes.length;
      all.frames += page.frames;
    };
    const onFailure = (error: unknown): never => {
      throw error as Error;
    };
    const encoder = await open({ rateHz, bitrateKbps, pageMs, onPage, onFailure });
    for (let at = 0; at < rateHz; at += blockFrames) {
      const block = tone.subarray(at, at + blockFrames);
      encoder.encode([block, block]);
    }
    await encoder.finish();
    return all;
  };
  return {
    check: async () => {
      const { bytes, frames } = await second();
      const kbps = (bytes * 8) / 1000;
      const isWhole = Math.abs(frames - rateHz) <= blockFrames;
      if (isWhole && Math.abs(kbps / bitrateKbps - 1) < 0.25) return;
      throw new Error(`${frames} frames became ${kbps} kbit.`);
    },
    run: async (operations) => {
      for (let i = 0; i < operations; i += 1) await second();
    },
  };
}

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  delay,
  recorder,
  opus: () => Promise.resolve(encoding((plan) => OpusEncoder.open(plan), 96)),
  mp3: async () => encoding(await loadMp3(), 192),
};
