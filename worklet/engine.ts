import { constants, directoryWord, engineStatus } from '../web/shared/layout.gen.ts';
import type { EngineMemory, EngineStart, PushSettings } from '../web/shared/messages.ts';
import type { CostRecorder } from './deadline-meter.ts';
import type { EngineExports } from './exports.gen.ts';
import { writeRing } from './write-ring.ts';

/** One quantum of every input: its channels, none where nothing is connected. */
export type Inputs = readonly (readonly Float32Array[])[];

/** What an input carries that is not connected. */
export const silence: readonly Float32Array[] = [];

/** The engine refused to start; `status` is an `engineStatus` code. */
export class EngineStartError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The engine refused to start with status ${status}.`);
    this.status = status;
  }
}

const wordRange = 0x1_0000_0000;
const { inputs: inputCount, inputChannels, maxQuantumFrames } = constants;

/** An engine, wasm or JavaScript, with views on its inputs and its output. */
export class Engine {
  readonly #exports: EngineExports;
  readonly #memory: EngineMemory;
  /** The channels of all inputs, one after the other. */
  readonly #planes: readonly Float32Array[];
  readonly #channelCounts: Uint32Array;
  readonly #mask: number;
  readonly #outputOffset: number;
  #output: readonly Float32Array[] = [];
  #written = 0;

  /** Takes the engine's memory. @throws EngineStartError */
  constructor(
    exports: EngineExports,
    memory: EngineMemory,
    start: EngineStart,
    capacity: number = constants.inputCapacityFrames,
  ) {
    check(exports.set_sample_rate(sampleRate));
    const input = start === 'fresh' ? exports.init(capacity) : exports.resume(capacity);
    check(exports.get_status());
    const directory = new Uint32Array(memory.buffer, constants.arenaBase);
    const { buffer } = memory;
    this.#planes = planes(buffer, input, inputCount * inputChannels, capacity, capacity);
    this.#channelCounts = new Uint32Array(
      buffer,
      directory[directoryWord.inputChannels],
      inputCount,
    );
    this.#outputOffset = directory[directoryWord.output]!;
    this.#exports = exports;
    this.#memory = memory;
    this.#mask = capacity - 1;
  }

  /** Byte offset of the telemetry block in the engine's memory. */
  get telemetryOffset(): number {
    return this.#exports.get_telemetry_ptr();
  }

  /** Takes what the quanta cost. */
  get recorder(): CostRecorder {
    return this.#exports;
  }

  /** What is to be heard of the last quantum: left, right. */
  get output(): readonly Float32Array[] {
    return this.#output;
  }

  /**
   * Audio thread only. Copies a quantum into the input ring and processes it.
   * @param frame The context's clock at the first frame.
   * @returns An `engineStatus` code.
   */
  process(inputs: Inputs, frames: number, frame: number): number {
    for (let input = 0; input < inputCount; input += 1) {
      this.#write(input, inputs[input] ?? silence, frames);
    }
    this.#written = (this.#written + frames) | 0;
    this.#exports.set_write_pos(this.#written);
    this.#exports.set_frame(frame % wordRange, Math.floor(frame / wordRange));
    this.#viewOutput(frames);
    return this.#exports.process_quantum(frames);
  }

  /** Between quanta. Feeds an input from its push ring. @returns An `engineStatus` code. */
  openPush(input: number, { rateHz, channels, targetFrames, pace }: PushSettings): number {
    return this.#exports.open_push(input, rateHz, channels, targetFrames, pace);
  }

  /** Between quanta. Gives the input back to the graph. @returns An `engineStatus` code. */
  closePush(input: number): number {
    return this.#exports.close_push(input);
  }

  /**
   * Between quanta. Detects voice with the weights that lie in the memory. It takes about a
   * millisecond. @returns An `engineStatus` code.
   */
  startVad(bytes: number, sources: number): number {
    return this.#exports.start_vad(bytes, sources);
  }

  /** Between quanta. Detects no voice any more. @returns An `engineStatus` code. */
  stopVad(): number {
    this.#exports.stop_vad();
    return engineStatus.ok;
  }

  // The engine reads no plane of an input that is not connected, and a mono input's first one twice.
  #write(input: number, channels: readonly Float32Array[], frames: number): void {
    const count = Math.min(channels.length, inputChannels);
    this.#channelCounts[input] = count;
    for (let channel = 0; channel < count; channel += 1) {
      const plane = this.#planes[input * inputChannels + channel]!;
      writeRing(plane, this.#mask, this.#written, channels, channel, frames);
    }
  }

  // Views as long as a quantum; a session has one length of quantum, so they are made once.
  #viewOutput(frames: number): void {
    if (this.#output[0]?.length === frames) return;
    const { buffer } = this.#memory;
    this.#output = planes(buffer, this.#outputOffset, inputChannels, frames, maxQuantumFrames);
  }
}

function planes(
  buffer: ArrayBufferLike,
  offset: number,
  count: number,
  frames: number,
  strideFrames: number,
): readonly Float32Array[] {
  const strideBytes = strideFrames * Float32Array.BYTES_PER_ELEMENT;
  return Array.from(
    { length: count },
    (_, plane) => new Float32Array(buffer, offset + plane * strideBytes, frames),
  );
}

function check(status: number): void {
  if (status !== engineStatus.ok) throw new EngineStartError(status);
}
