/** Repeats a recording with the wasm engine, stage by stage. */
import { channelsAt, type FlightQuantum } from '../../../web/shared/flight-log.ts';
import {
  commandWords,
  constants,
  directoryWord,
  engineStatus,
  flightResultWords,
  flightStateWord,
  responseWords,
  stage,
} from '../../../web/shared/layout.gen.ts';
import { SlotQueueConsumer, SlotQueueProducer } from '../../../web/shared/slot-queue.ts';
import type { EngineExports } from '../../../worklet/exports.gen.ts';

/** What a quantum gave now. */
export interface Outcome {
  /** Empty, or why it did not end: a trap, or a status of the engine. */
  readonly failure: string;
  /** See `flightResultWord`. */
  readonly result: Uint32Array;
  /** For each stage. */
  readonly stageNs: readonly number[];
}

const stages = Object.values(stage);
const pageBytes = 65_536;
const wordRange = 0x1_0000_0000;
const capacity = constants.inputCapacityFrames;
const flightBase = constants.memoryPages * pageBytes;
// Room for a checkpoint; too little for a recorder, which needs two segments.
const pages = constants.memoryPages + constants.flightSegmentBytes / pageBytes;

/** An engine that is fed with a recording. */
export class WasmReplay {
  readonly #exports: EngineExports;
  readonly #buffer: ArrayBufferLike;
  readonly #commands: SlotQueueProducer;
  readonly #responses: SlotQueueConsumer;

  private constructor(exports: EngineExports, buffer: ArrayBufferLike) {
    this.#exports = exports;
    this.#buffer = buffer;
    this.#commands = new SlotQueueProducer(buffer, this.#at(directoryWord.commands), commandWords);
    this.#responses = new SlotQueueConsumer(
      buffer,
      this.#at(directoryWord.responses),
      responseWords,
    );
  }

  /** @param bytes Of `engine.wasm`. */
  static async start(bytes: BufferSource, rateHz: number): Promise<WasmReplay> {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    const exports = instance.exports as unknown as EngineExports;
    exports.set_sample_rate(rateHz);
    if (exports.init(capacity) === 0) throw new Error(`init gave status ${exports.get_status()}.`);
    return new WasmReplay(exports, memory.buffer);
  }

  /** Loads a checkpoint. False: the engine does not take it. */
  restore(checkpoint: Uint32Array): boolean {
    new Uint32Array(this.#buffer, flightBase, checkpoint.length).set(checkpoint);
    return this.#exports.restore(checkpoint.byteLength) === engineStatus.ok;
  }

  /** Runs a quantum. After one that did not end, the engine is of no use any more. */
  run(quantum: FlightQuantum): Outcome {
    if (!quantum.commands.every((words) => this.#commands.push((slot) => store(slot, words)))) {
      throw new RangeError('The recording has more commands in a quantum than the queue takes.');
    }
    this.#writeInputs(quantum);
    const { frame, frames } = quantum;
    this.#exports.set_frame(frame % wordRange, Math.floor(frame / wordRange));
    const stageNs: number[] = [];
    const failure = this.#runStages(frames, stageNs);
    while (this.#responses.pop(() => true) === true) continue;
    const offset = this.#at(directoryWord.flight) + 4 * flightStateWord.result;
    return {
      failure,
      result: new Uint32Array(this.#buffer, offset, flightResultWords).slice(),
      stageNs,
    };
  }

  #runStages(frames: number, stageNs: number[]): string {
    try {
      let before = process.hrtime.bigint();
      for (const each of stages) {
        const status = this.#exports.process_stage(each, frames);
        if (status !== engineStatus.ok) return `status ${status}`;
        const now = process.hrtime.bigint();
        stageNs.push(Number(now - before));
        before = now;
      }
      return '';
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      return error.message;
    }
  }

  #writeInputs({ channels, frames, samples }: FlightQuantum): void {
    const counts = new Uint32Array(this.#buffer, this.#at(directoryWord.inputChannels));
    const base = this.#exports.get_input_ptr();
    const position = this.#exports.get_write_pos();
    let from = 0;
    for (let input = 0; input < constants.inputs; input += 1) {
      const count = channelsAt(channels, input);
      counts[input] = count;
      for (let channel = 0; channel < count; channel += 1) {
        const plane = input * constants.inputChannels + channel;
        const to = new Uint32Array(this.#buffer, base + 4 * plane * capacity, capacity);
        writeAround(to, position, samples.subarray(from, from + frames));
        from += frames;
      }
    }
    this.#exports.set_write_pos((position + frames) | 0);
  }

  #at(word: number): number {
    return new Uint32Array(this.#buffer, constants.arenaBase)[word] ?? 0;
  }
}

function store(slot: DataView, words: Uint32Array): void {
  for (const [i, word] of words.entries()) slot.setUint32(4 * i, word, true);
}

function writeAround(ring: Uint32Array, position: number, samples: Uint32Array): void {
  const start = (position >>> 0) % ring.length;
  const untilWrap = Math.min(samples.length, ring.length - start);
  ring.set(samples.subarray(0, untilWrap), start);
  ring.set(samples.subarray(untilWrap), 0);
}
