/** The engine as the worklet drives it, in Node, with counters that begin where they are told to. */
import type { Start } from '../../../scripts/soak/record.mjs';
import { allocateBusMemory, engineRings } from '../../../web/lib/host/engine-rings.ts';
import { MixBus, ReadonlyAudioBus } from '../../../web/lib/bus/index.ts';
import { BroadcastMemory } from '../../../web/shared/broadcast-ring.ts';
import {
  constants,
  directoryWord,
  engineStatus,
  slotQueueWord,
} from '../../../web/shared/layout.gen.ts';
import { type EngineTelemetry, TelemetryView } from '../../../web/shared/telemetry-view.ts';
import { Engine } from '../../../worklet/engine.ts';
import type { EngineExports } from '../../../worklet/exports.gen.ts';
import { CommandPort } from './command-port.ts';

// What the worklet's global scope has.
declare global {
  var sampleRate: number;
}

export class SoakEngine {
  readonly mix: MixBus;
  readonly voice: ReadonlyAudioBus;
  readonly commands: CommandPort;
  readonly #engine: Engine;
  readonly #memory: WebAssembly.Memory;
  #frame: number;

  private constructor(engine: Engine, memory: WebAssembly.Memory, start: Start) {
    const { mix, voice } = engineRings(memory.buffer, allocateBusMemory());
    this.mix = new MixBus(mix);
    this.voice = new ReadonlyAudioBus(voice);
    this.commands = new CommandPort(memory.buffer);
    this.#engine = engine;
    this.#memory = memory;
    this.#frame = start.frame;
  }

  /** @param bytes Of `engine.wasm`. */
  static async start(bytes: BufferSource, rateHz: number, start: Start): Promise<SoakEngine> {
    const pages = constants.memoryPages;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    const exports = instance.exports as unknown as EngineExports;
    globalThis.sampleRate = rateHz;
    // This one lays the memory out; the engine that runs inherits what is written into it then.
    exports.set_sample_rate(rateHz);
    exports.init(constants.inputCapacityFrames);
    setCounters(memory.buffer, start);
    return new SoakEngine(new Engine(exports, memory, 'inherited'), memory, start);
  }

  /** The context's clock at the next quantum. */
  get frame(): number {
    return this.#frame;
  }

  get telemetry(): EngineTelemetry {
    return new TelemetryView(this.#memory.buffer, this.#engine.telemetryOffset).read()!;
  }

  /** Processes a quantum of input 0. */
  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]!.length;
    const status = this.#engine.process([channels], frames, this.#frame);
    if (status !== engineStatus.ok) throw new Error(`process_quantum gave status ${status}.`);
    this.#frame += frames;
  }

  /** The context's clock passes over some frames. */
  skip(frames: number): void {
    this.#frame += frames;
  }
}

function setCounters(buffer: ArrayBufferLike, start: Start): void {
  const directory = new Uint32Array(buffer, constants.arenaBase);
  const at = (word: number): number => directory[word]!;
  const rings = [
    [directoryWord.mixRing, start.mix],
    [directoryWord.voiceRing, start.voice],
  ] as const;
  for (const [word, position] of rings) {
    const { shape } = new BroadcastMemory(buffer, at(word));
    BroadcastMemory.create(buffer, at(word), shape, position);
  }
  for (const word of [directoryWord.commands, directoryWord.responses]) {
    const header = new Uint32Array(buffer, at(word));
    header[slotQueueWord.writePos] = header[slotQueueWord.readPos] = start.queues;
  }
}
