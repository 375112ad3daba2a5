/** Replays the golden corpus of ring operations, as tests/fixtures/ring_corpus.cpp wrote it. */
import {
  BroadcastMemory,
  broadcastRingBytes,
  type BroadcastReader,
  type BroadcastShape,
  type BroadcastWriter,
  type ReadResult,
} from '../../web/shared/broadcast-ring.ts';
import { ChunkRingReader, ChunkRingWriter, chunkRingShape } from '../../web/shared/chunk-ring.ts';
import { FrameRingReader, FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import {
  broadcastRingWord,
  slotQueueHeaderBytes,
  slotQueueWord,
} from '../../web/shared/layout.gen.ts';
import {
  attachSampleRing,
  createSampleRing,
  sampleRingBytes,
  type SampleRingHalves,
} from '../../web/shared/sample-ring.ts';
import { SlotQueueConsumer, SlotQueueProducer } from '../../web/shared/slot-queue.ts';

/** FNV-1a, 32 bits. */
export function hashOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function hashOfSamples(samples: Float32Array | Float64Array): string {
  return hashOf(new Uint8Array(samples.slice().buffer));
}

/** The signal that all rings are fed with. */
class Signal {
  #fed = 0;

  peek(channels: number, frames: number): Float32Array[] {
    return Array.from({ length: channels }, (_, channel) =>
      Float32Array.from({ length: frames }, (_frame, i) => 2 * (this.#fed + i) + channel),
    );
  }

  feed(frames: number): void {
    this.#fed += frames;
  }
}

// Memory that is not clean.
function block(bytes: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes);
  new Uint8Array(buffer).fill(0xa5);
  return buffer;
}

type Answer = readonly (string | number)[];

/** A ring under replay. */
interface Replay {
  readonly buffer: SharedArrayBuffer;
  run(operation: string, argument: number): Answer;
}

class SampleRingReplay implements Replay {
  readonly buffer: SharedArrayBuffer;
  readonly #signal: Signal;
  readonly #channels: number;
  #halves: SampleRingHalves;

  constructor(signal: Signal, [capacity, channels, start]: readonly number[]) {
    const shape = { capacity: capacity!, channels: channels! };
    this.buffer = block(sampleRingBytes(shape));
    this.#signal = signal;
    this.#channels = shape.channels;
    this.#halves = createSampleRing(this.buffer, 0, shape, start);
  }

  run(operation: string, argument: number): Answer {
    switch (operation) {
      case 'pushAll':
        return this.#pushed(this.#halves.producer.pushAll(this.#input(argument)) ? argument : 0);
      case 'pushSome':
        return this.#pushed(this.#halves.producer.pushSome(this.#input(argument)));
      case 'popSome':
        return this.#popSome(argument);
      case 'view':
        return this.#view(argument);
      case 'pop':
        this.#halves.consumer.pop(argument);
        return [this.#halves.consumer.unreadFrames(), this.#halves.producer.freeFrames()];
      case 'attach':
        this.#halves = attachSampleRing(this.buffer, 0);
        return [];
      default:
        throw new RangeError(`No such operation: sample ${operation}.`);
    }
  }

  #input(frames: number): Float32Array[] {
    return this.#signal.peek(this.#channels, frames);
  }

  #pushed(frames: number): Answer {
    this.#signal.feed(frames);
    return [frames];
  }

  #popSome(frames: number): Answer {
    const planes = Array.from({ length: this.#channels }, () => new Float32Array(frames));
    const popped = this.#halves.consumer.popSome(planes);
    return [popped, hashOfSamples(planes.at(-1)!.subarray(0, popped))];
  }

  #view(frames: number): Answer {
    const viewed = this.#halves.consumer.view(frames);
    const { first, second } = this.#halves.consumer.frames(this.#channels - 1);
    return [viewed, hashOfSamples(first), hashOfSamples(second)];
  }
}

/** The operations that frames and chunks have in common. */
abstract class BroadcastReplay<
  Writer extends BroadcastWriter,
  Reader extends BroadcastReader,
> implements Replay {
  readonly buffer: SharedArrayBuffer;
  protected readonly memory: BroadcastMemory;
  protected readonly signal: Signal;
  protected writer: Writer;
  protected reader: Reader;

  constructor(signal: Signal, shape: BroadcastShape, start: number) {
    this.buffer = block(broadcastRingBytes(shape));
    this.memory = BroadcastMemory.create(this.buffer, 0, shape, start);
    this.signal = signal;
    this.writer = this.makeWriter();
    this.reader = this.makeReader(1);
  }

  run(operation: string, argument: number): Answer {
    switch (operation) {
      case 'write':
        this.write(argument);
        return [this.writer.position];
      case 'view':
        return this.#read(this.reader.view(argument));
      case 'drainToLatest':
        return this.#read(this.reader.drainToLatest(argument));
      case 'confirm':
        return this.#confirm();
      case 'skipAhead':
        return [this.reader.skipAhead(argument)];
      case 'reader':
        this.reader = this.makeReader(argument);
        return [this.reader.position];
      case 'takeOver':
        Atomics.add(new Uint32Array(this.buffer), broadcastRingWord.reservePos, argument);
        this.writer = this.makeWriter();
        return [this.writer.position];
      default:
        throw new RangeError(`No such operation: broadcast ${operation}.`);
    }
  }

  protected abstract makeWriter(): Writer;
  protected abstract makeReader(kept: number): Reader;
  protected abstract write(slots: number): void;
  protected abstract data(): string;

  #read({ status, dropped }: ReadResult): Answer {
    return [status, dropped, this.reader.position, this.data()];
  }

  #confirm(): Answer {
    const { status, dropped } = this.reader.confirm();
    const { reader } = this;
    return [status, dropped, reader.delivered, reader.dropped, reader.pending];
  }
}

class FrameRingReplay extends BroadcastReplay<FrameRingWriter, FrameRingReader> {
  constructor(signal: Signal, [capacity, channels, rateHz, start]: readonly number[]) {
    super(signal, frameRingShape(capacity!, channels!, rateHz!), start!);
  }

  protected makeWriter(): FrameRingWriter {
    return new FrameRingWriter(this.memory);
  }

  protected makeReader(kept: number): FrameRingReader {
    return new FrameRingReader(this.memory, kept);
  }

  protected write(frames: number): void {
    this.writer.write(this.signal.peek(this.memory.shape.channels, frames));
    this.signal.feed(frames);
  }

  protected data(): string {
    const samples = new Float32Array(this.reader.count);
    this.reader.copyTo(this.memory.shape.channels - 1, samples);
    return hashOfSamples(samples);
  }
}

class ChunkRingReplay extends BroadcastReplay<ChunkRingWriter, ChunkRingReader> {
  constructor(signal: Signal, [capacity, chunkFrames, rateHz, start]: readonly number[]) {
    super(signal, chunkRingShape(capacity!, chunkFrames!, rateHz!), start!);
  }

  protected makeWriter(): ChunkRingWriter {
    return new ChunkRingWriter(this.memory);
  }

  protected makeReader(kept: number): ChunkRingReader {
    return new ChunkRingReader(this.memory, kept);
  }

  protected write(chunks: number): void {
    const { slotFrames } = this.memory.shape;
    for (let i = 0; i < chunks; i += 1) {
      this.writer.write(this.writer.position / 3, this.signal.peek(1, slotFrames)[0]!);
      this.signal.feed(slotFrames);
    }
  }

  protected data(): string {
    if (this.reader.count === 0) return 'none';
    const time = Float64Array.of(this.reader.timestampMs);
    return hashOfSamples(this.reader.samples) + hashOfSamples(time);
  }
}

class SlotQueueReplay implements Replay {
  readonly buffer: SharedArrayBuffer;
  readonly #words: number;
  #producer: SlotQueueProducer;
  #consumer: SlotQueueConsumer;

  /** The engine makes queues; TypeScript finds them made. */
  constructor(_signal: Signal, [capacity, words, start]: readonly number[]) {
    this.buffer = new SharedArrayBuffer(slotQueueHeaderBytes + capacity! * words! * 4);
    const header = new Uint32Array(this.buffer);
    header[slotQueueWord.capacity] = capacity!;
    header[slotQueueWord.writePos] = start!;
    header[slotQueueWord.readPos] = start!;
    this.#words = words!;
    this.#producer = new SlotQueueProducer(this.buffer, 0, words!);
    this.#consumer = new SlotQueueConsumer(this.buffer, 0, words!);
  }

  run(operation: string, argument: number): Answer {
    switch (operation) {
      case 'push':
        return [this.#producer.push((slot) => this.#fill(slot, argument)) ? 1 : 0];
      case 'pop':
        return [this.#consumer.pop(hashOfSlot) ?? 'none'];
      case 'attach':
        this.#producer = new SlotQueueProducer(this.buffer, 0, this.#words);
        this.#consumer = new SlotQueueConsumer(this.buffer, 0, this.#words);
        return [];
      default:
        throw new RangeError(`No such operation: slot ${operation}.`);
    }
  }

  #fill(slot: DataView, first: number): void {
    for (let word = 0; word < this.#words; word += 1) slot.setUint32(4 * word, first + word, true);
  }
}

const hashOfSlot = ({ buffer, byteOffset, byteLength }: DataView): string =>
  hashOf(new Uint8Array(buffer, byteOffset, byteLength));

const replays = {
  sample: SampleRingReplay,
  frame: FrameRingReplay,
  chunk: ChunkRingReplay,
  slot: SlotQueueReplay,
};

/** Replays the corpus and gives back its lines as the TypeScript rings write them. */
export function replayCorpus(corpus: string): string[] {
  const signal = new Signal();
  let replay: Replay | undefined;
  return corpus
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [call] = line.split(' = ') as [string];
      const [ring, operation, ...rest] = call.split(' ') as [keyof typeof replays, string];
      const numbers = (rest as string[]).map(Number);
      let answer: Answer = [];
      if (operation === 'create') replay = new replays[ring](signal, numbers);
      else answer = replay!.run(operation, numbers[0] ?? 1);
      return `${call} = ${[...answer, hashOf(new Uint8Array(replay!.buffer))].join(' ')}`;
    });
}
