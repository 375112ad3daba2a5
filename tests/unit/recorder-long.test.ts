import v8 from 'node:v8';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { FrameListener } from '../../web/lib/bus/frame-listener.ts';
import { allocateClock, allocateTable } from '../../web/lib/bus/ring-address.ts';
import { MixSource } from '../../web/lib/recorder/mix-source.ts';
import { RecordLoop } from '../../web/lib/recorder/record-loop.ts';
import type { SoundPiece, SoundSource } from '../../web/lib/recorder/sound-source.ts';
import { wavHeadBytes } from '../../web/lib/recorder/wav-header.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import { RecordFolder } from '../support/record-files.ts';

const rateHz = 48_000;
const minuteFrames = 60 * rateHz;
/** The sound repeats itself after so many frames: no block, quantum or ring is a multiple of it. */
const periodFrames = 65_521;

const code = (channel: number, frame: number): number =>
  channel === 0 ? (frame % periodFrames) - 32_760 : 32_760 - ((3 * frame) % periodFrames);

/** A mix that is written whenever somebody waits for it, up to an end. */
class CodedMix implements SoundSource {
  readonly #writer: FrameRingWriter;
  readonly #source: MixSource;
  readonly #endFrame: number;
  readonly #period = [0, 1].map((channel) =>
    Float32Array.from({ length: periodFrames }, (_, i) => code(channel, i) / 2 ** 15),
  );

  constructor(endFrame: number) {
    const shape = frameRingShape(2 ** 18, 2, rateHz);
    const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
    this.#writer = new FrameRingWriter(BroadcastMemory.create(buffer, 0, shape));
    const address = { buffer, byteOffset: 0, table: allocateTable(), clock: allocateClock() };
    this.#source = new MixSource(FrameListener.open(address), 2);
    this.#endFrame = endFrame;
  }

  get position(): number {
    return this.#source.position;
  }

  ready(wanted: number): Promise<boolean> {
    const { position } = this.#writer;
    const at = position % periodFrames;
    const frames = Math.min(periodFrames - at, this.#endFrame - position);
    if (position - this.position < wanted && frames > 0)
      this.#writer.write(this.#period.map((plane) => plane.subarray(at, at + frames)));
    return Promise.resolve(this.#writer.position < this.#endFrame);
  }

  read(maxFrames: number): SoundPiece {
    return this.#source.read(maxFrames);
  }

  close(): void {
    this.#source.close();
  }
}

/** Bytes in use, garbage left out. */
function bytesInUse(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Samples of the file that are not those that were played. */
function wrongSamples(folder: RecordFolder, frames: number): number {
  const file = folder.file('take.wav');
  const period = new Int16Array(2 * periodFrames).map((_, i) => code(i % 2, i >> 1));
  const wanted = new Uint8Array(period.buffer);
  let wrong = 0;
  for (let at = 0; at < frames; at += periodFrames) {
    const bytes = file.read(wavHeadBytes + 4 * at, 4 * Math.min(periodFrames, frames - at));
    wrong += Buffer.compare(bytes, wanted.subarray(0, bytes.length)) === 0 ? 0 : 1;
  }
  file.close();
  return wrong;
}

test('half an hour is 30:00.000, sample by sample, in memory that does not grow', async () => {
  using folder = new RecordFolder();
  const endFrame = 30 * minuteFrames;
  const writer = folder.writer({ sampleType: 'int16', channels: 2, sampleRate: rateHz });
  const source = new CodedMix(endFrame);
  const bytesAt: number[] = [];
  const [take] = await new RecordLoop(source, [writer], rateHz).run(({ frames }) => {
    if (frames > (5 + 12 * bytesAt.length) * minuteFrames) bytesAt.push(bytesInUse());
  });
  source.close();
  const bytes = wavHeadBytes + 4 * endFrame;
  expect(take).toMatchObject({ frames: endFrame, bytes, dropouts: [] });
  expect(wrongSamples(folder, endFrame)).toBe(0);
  expect(bytesAt).toHaveLength(3);
  // The sound of the 24 minutes in between has 276 MB.
  expect(bytesAt[2]! - bytesAt[0]!).toBeLessThan(16e6);
});
