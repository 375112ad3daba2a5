/** Encoders of recordings, and the way from the ring to the file: see `benchmarks/record.mjs`. */
import {
  AudioSample,
  AudioSampleSource,
  type AudioCodec,
  NullTarget,
  OggOutputFormat,
  Output,
  type OutputFormat,
  Quality,
  WavOutputFormat,
} from 'mediabunny';
import { createEncoder } from 'wasm-media-encoders';
import { FrameListener } from '../../../web/lib/bus/frame-listener.ts';
import { allocateClock, allocateTable } from '../../../web/lib/bus/ring-address.ts';
import { MixSource } from '../../../web/lib/recorder/mix-source.ts';
import { openEncoder } from '../../../web/lib/recorder/open-encoder.ts';
import type { RecordFormat } from '../../../web/lib/recorder/record-format.ts';
import { RecordLoop } from '../../../web/lib/recorder/record-loop.ts';
import { SamplePacker } from '../../../web/lib/recorder/sample-packer.ts';
import { type SyncFile, TakeFile } from '../../../web/lib/recorder/take-file.ts';
import { TakeWriter } from '../../../web/lib/recorder/take-writer.ts';
import { WavEncoder } from '../../../web/lib/recorder/wav-encoder.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../../web/shared/frame-ring.ts';
import type { ProgramMaker } from '../contestant-table.mjs';

const rateHz = 48_000;
const blockFrames = 4096;
/** About ten seconds. */
const blocks = 117;
const bitrateKbps = 160;
const headBytes = 4096;

/** A voice's levels and no silence: noise that is louder and softer, through a gentle low pass. */
function madeSound(): readonly (readonly Float32Array[])[] {
  let [state, low] = [1, 0];
  const sample = (frame: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    low += 0.2 * (state / 2 ** 31 - low);
    return low * (0.3 + 0.25 * Math.sin(frame / 9000));
  };
  return Array.from({ length: blocks }, (_, block) =>
    [0, 1].map(() =>
      Float32Array.from({ length: blockFrames }, (_sample, i) => sample(block * blockFrames + i)),
    ),
  );
}

const sound = madeSound();
const planes = (block: number): readonly Float32Array[] => sound[block] ?? [];

/** Takes all and keeps only the head, so that encoders are timed and no disk. */
class NoDisk implements SyncFile {
  readonly #head = new Uint8Array(headBytes);
  #size = 0;

  write(bytes: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    if (at < headBytes) this.#head.set(bytes.subarray(0, headBytes - at), at);
    this.#size = Math.max(this.#size, at + bytes.length);
    return bytes.length;
  }

  read(bytes: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    bytes.set(this.#head.subarray(at, at + bytes.length));
    return bytes.length;
  }

  getSize(): number {
    return this.#size;
  }

  truncate(size: number): void {
    this.#size = size;
  }

  flush(): void {
    this.getSize();
  }

  close(): void {
    this.getSize();
  }
}

/** One operation: all blocks. `work` gives the bytes of the file. */
const program =
  (work: () => Promise<number>, least: number, most: number): ProgramMaker =>
  () => ({
    check: async () => {
      const bytes = await work();
      if (bytes < least || bytes > most) throw new Error(`It gave ${bytes} bytes.`);
    },
    run: async (operations) => {
      for (let i = 0; i < operations; i += 1) await work();
    },
  });

const task = { channels: 2, sampleRate: rateHz, bitrateKbps, dither: 'triangular' } as const;

const ours = (format: RecordFormat) => async (): Promise<number> => {
  const file = new TakeFile(new NoDisk());
  const encoder = await openEncoder(format, file, task);
  for (let block = 0; block < blocks; block += 1) await encoder.write(planes(block), blockFrames);
  await encoder.finish();
  return file.size;
};

/** mediabunny's own way from samples to a file. */
const theirs = (codec: AudioCodec, format: () => OutputFormat) => async (): Promise<number> => {
  const target = new NullTarget();
  let bytes = 0;
  target.on('write', ({ end }) => (bytes = Math.max(bytes, end)));
  const output = new Output({ format: format(), target });
  const source = new AudioSampleSource({
    codec,
    quality: new Quality({ bitrate: bitrateKbps * 1000 }),
  });
  output.addAudioTrack(source);
  await output.start();
  for (let block = 0; block < blocks; block += 1) {
    const data = new Float32Array(2 * blockFrames);
    for (const [channel, plane] of planes(block).entries()) data.set(plane, channel * blockFrames);
    const timestamp = (block * blockFrames) / rateHz;
    const how = { format: 'f32-planar', numberOfChannels: 2, sampleRate: rateHz } as const;
    const sample = new AudioSample({ data, timestamp, ...how });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  return bytes;
};

/** LAME, and nothing around it. */
async function bareLame(): Promise<number> {
  const { default: url } = await import('wasm-media-encoders/wasm/mp3?url');
  const bytes = await (await fetch(url)).arrayBuffer();
  const lame = await createEncoder('audio/mpeg', await WebAssembly.compile(bytes));
  lame.configure({ channels: 2, sampleRate: rateHz, bitrate: bitrateKbps });
  let length = 0;
  for (let block = 0; block < blocks; block += 1) {
    length += lame.encode([...planes(block)]).length;
  }
  return length + lame.finalize().length;
}

/** From the ring through the loop into a take. */
async function ringToFile(): Promise<number> {
  const shape = frameRingShape(2 ** 18, 2, rateHz);
  const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
  const writer = new FrameRingWriter(BroadcastMemory.create(buffer, 0, shape));
  const address = { buffer, byteOffset: 0, table: allocateTable(), clock: allocateClock() };
  const mix = new MixSource(FrameListener.open(address), 2);
  let block = 0;
  const audio = new TakeFile(new NoDisk());
  const take = new TakeWriter(
    {
      ...{ id: 'take', name: 'take', format: 'wav32f', source: 'mix', channels: 2 },
      ...{ sampleRate: rateHz, createdAt: '' },
    },
    { audio, journal: new TakeFile(new NoDisk()), overview: new TakeFile(new NoDisk()) },
    new WavEncoder(audio, 'float32', task),
    () => undefined,
  );
  const source = {
    get position() {
      return mix.position;
    },
    ready: (frames: number): Promise<boolean> => {
      if (block < blocks && writer.position - mix.position < frames) writer.write(planes(block++));
      return Promise.resolve(block < blocks);
    },
    read: (most: number) => mix.read(most),
    close: () => mix.close(),
  };
  await new RecordLoop(source, [take], rateHz).run(() => undefined);
  source.close();
  return audio.size;
}

/** Samples into the bytes of a file, and nothing around it. */
function packed(): Promise<number> {
  const shape = { sampleType: 'float32', channels: 2, sampleRate: rateHz } as const;
  const packer = new SamplePacker(shape, 'none');
  let bytes = 0;
  for (let block = 0; block < blocks; block += 1) {
    bytes += packer.pack(planes(block), blockFrames).length;
  }
  return Promise.resolve(bytes);
}

const frames = blocks * blockFrames;
const lossy = [
  (frames / rateHz) * bitrateKbps * 75,
  (frames / rateHz) * bitrateKbps * 190,
] as const;

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  wav24: program(ours('wav24'), 6 * frames, 6 * frames + headBytes),
  'wav24-mediabunny': program(
    theirs('pcm-s24', () => new WavOutputFormat()),
    6 * frames,
    6 * frames + headBytes,
  ),
  flac: program(ours('flac'), frames, 6 * frames),
  opus: program(ours('opus-ogg'), ...lossy),
  'opus-mediabunny': program(
    theirs('opus', () => new OggOutputFormat()),
    ...lossy,
  ),
  mp3: program(ours('mp3'), ...lossy),
  'mp3-bare': program(bareLame, ...lossy),
  loop: program(ringToFile, 8 * frames, 8 * frames + headBytes),
  'loop-packing': program(packed, 8 * frames, 8 * frames),
};
