/** Rings between two threads, pushed and popped in one: see `benchmarks/spsc.mjs`. */
import { RingBuffer } from 'ringbuf.js';
import { createSampleRing, sampleRingBytes } from '../../../web/shared/sample-ring.ts';
import type { Program, ProgramMaker } from '../contestant-table.mjs';

const capacity = 4096;

interface Block {
  readonly frames: number;
  readonly channels: number;
}

/** A ring with one block before it and one behind it. */
interface Job {
  readonly input: readonly Float32Array[];
  readonly output: readonly Float32Array[];
  /** Pushes the block and pops it again, so many times; false: it did not fit. */
  readonly pass: (times: number) => boolean;
}

// The loops look alike and are two, so that neither is optimised for both rings.

function ours({ frames, channels }: Block): Job {
  const shape = { capacity, channels };
  const buffer = new SharedArrayBuffer(sampleRingBytes(shape));
  const { producer, consumer } = createSampleRing(buffer, 0, shape);
  const input = planes(frames, channels);
  const output = planes(frames, channels);
  const pass = (times: number): boolean => {
    let fits = true;
    for (let i = 0; i < times; i += 1) {
      fits = producer.pushAll(input, frames) && fits;
      fits = consumer.popSome(output, frames) === frames && fits;
    }
    return fits;
  };
  return { input, output, pass };
}

function ringbuf({ frames, channels }: Block): Job {
  const samples = frames * channels;
  const storage = RingBuffer.getStorageForCapacity(capacity * channels, Float32Array);
  const ring = new RingBuffer(storage, Float32Array);
  const [input, output] = [new Float32Array(samples), new Float32Array(samples)];
  const pass = (times: number): boolean => {
    let fits = true;
    for (let i = 0; i < times; i += 1) {
      fits = ring.push(input) === samples && fits;
      fits = ring.pop(output) === samples && fits;
    }
    return fits;
  };
  return { input: [input], output: [output], pass };
}

const planes = (frames: number, channels: number): Float32Array[] =>
  Array.from({ length: channels }, () => new Float32Array(frames));

/** Enough rounds for several wraps, each with other samples. */
function check({ input, output, pass }: Job): void {
  const rounds = (3 * capacity) / (input[0]?.length ?? 1) + 3;
  for (let round = 0; round < rounds; round += 1) {
    input.forEach((plane, channel) =>
      plane.forEach((_, i) => (plane[i] = Math.sin(i + 1000 * round + channel))),
    );
    output.forEach((plane) => plane.fill(0));
    if (!pass(1)) throw new Error('A block did not fit into an empty ring.');
    const same = input.every((plane, channel) =>
      plane.every((sample, i) => sample === output[channel]?.[i]),
    );
    if (!same) throw new Error('Samples differ from what was pushed.');
  }
}

const program = (job: Job): Program => ({
  check: () => check(job),
  run: (operations) => void job.pass(operations),
});

const blocks: Readonly<Record<string, Block>> = {
  '128x1': { frames: 128, channels: 1 },
  '128x2': { frames: 128, channels: 2 },
  '441x2': { frames: 441, channels: 2 },
  '1024x1': { frames: 1024, channels: 1 },
  '1024x2': { frames: 1024, channels: 2 },
};

export const contestants: Readonly<Record<string, ProgramMaker>> = Object.fromEntries(
  Object.entries(blocks).flatMap(([name, block]) => [
    [`ours-${name}`, () => program(ours(block))],
    [`ringbuf-${name}`, () => program(ringbuf(block))],
  ]),
);
