/** Writes into all rings from the audio thread, many times per quantum. */
import type { FrameRingWriter } from '../../../web/shared/frame-ring.ts';
import type { SampleRingProducer } from '../../../web/shared/sample-ring.ts';
import {
  controlWord,
  Random,
  sampleAt,
  sampleRingOf,
  type StressBuffers,
  writerName,
  writersOf,
} from './stress-memory.ts';

interface NodeOptions {
  readonly processorOptions: StressBuffers;
}

// The tests' project knows the page's globals, not the audio worklet's.
declare const AudioWorkletProcessor: new () => object;
declare function registerProcessor(
  name: string,
  processor: new (options: NodeOptions) => object,
): void;

const writesPerQuantum = 16;
const maxBlock = 64;

class RingStressWriter extends AudioWorkletProcessor {
  readonly #writers: readonly FrameRingWriter[];
  readonly #producer: SampleRingProducer;
  readonly #control: Int32Array;
  readonly #random = new Random(3);
  readonly #left = new Float32Array(maxBlock);
  readonly #right = new Float32Array(maxBlock);
  #pushed = 0;

  constructor({ processorOptions }: NodeOptions) {
    super();
    this.#writers = writersOf(processorOptions);
    this.#producer = sampleRingOf(processorOptions).producer;
    this.#control = new Int32Array(processorOptions.control);
    this.#pushed = this.#control[controlWord.pushed]!;
  }

  process(): boolean {
    for (let i = 0; i < writesPerQuantum; i += 1) {
      for (const writer of this.#writers) this.#write(writer);
      this.#push();
    }
    return true;
  }

  #write(writer: FrameRingWriter): void {
    const frames = 1 + this.#random.below(Math.min(writer.maxSlots, maxBlock));
    this.#fill(writer.position, frames);
    writer.write([this.#left, this.#right], frames);
  }

  #push(): void {
    const frames = 1 + this.#random.below(maxBlock);
    this.#fill(this.#pushed, frames);
    this.#pushed += this.#producer.pushSome([this.#left], frames);
    Atomics.store(this.#control, controlWord.pushed, this.#pushed);
  }

  #fill(position: number, frames: number): void {
    for (let i = 0; i < frames; i += 1) {
      this.#left[i] = sampleAt(position + i);
      this.#right[i] = -sampleAt(position + i);
    }
  }
}

registerProcessor(writerName, RingStressWriter);
