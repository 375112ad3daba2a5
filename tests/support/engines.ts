/** The engine's builds, run in Node: what the worklet runs, without a browser. */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Producer } from '../../web/lib/bus/producer.ts';
import { encodeCommand, type MixerCommand, writeCommand } from '../../web/lib/mixer/command.ts';
import {
  commandWords,
  constants,
  directoryWord,
  engineStatus,
  meterWords,
  type pushFields,
} from '../../web/shared/layout.gen.ts';
import type { PushSettings } from '../../web/shared/messages.ts';
import { PushCounters, pushPlace, PushView } from '../../web/shared/push-block.ts';
import { type Analysis, AnalysisView } from '../../web/shared/analysis-view.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { ChunkRingReader } from '../../web/shared/chunk-ring.ts';
import { probabilityRingShape, ProbabilityRingReader } from '../../web/shared/probability-ring.ts';
import { SlotQueueProducer } from '../../web/shared/slot-queue.ts';
import { TelemetryView, type EngineTelemetry } from '../../web/shared/telemetry-view.ts';
import { vadConstants } from '../../web/shared/vad.gen.ts';
import type { EngineExports } from '../../worklet/exports.gen.ts';
import { fromRoot } from '../../scripts/lib/paths.mjs';

export const engineBuilds = ['engine', 'engine-unshared', 'fallback'] as const;
export type EngineBuild = (typeof engineBuilds)[number];

const segmentPages = constants.flightSegmentBytes / 65_536;

/** An engine with its memory, driven as the worklet drives it. */
export class HeadlessEngine {
  readonly exports: EngineExports;
  readonly #memory: WebAssembly.Memory;

  private constructor(exports: EngineExports, memory: WebAssembly.Memory) {
    this.exports = exports;
    this.#memory = memory;
  }

  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /**
   * Loads a build; it is not started yet.
   *
   * @param flightSegments Segments of the flight recorder that the memory has room for.
   */
  static async load(build: EngineBuild, flightSegments = 0): Promise<HeadlessEngine> {
    const shared = build !== 'engine-unshared';
    const pages = constants.memoryPages + flightSegments * segmentPages;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    const exports =
      build === 'fallback' ? await loadFallback(memory) : await loadWasm(build, memory);
    return new HeadlessEngine(exports, memory);
  }

  /** Loads a build and starts it. */
  static async start(
    build: EngineBuild,
    capacity: number,
    flightSegments = 0,
  ): Promise<HeadlessEngine> {
    const engine = await HeadlessEngine.load(build, flightSegments);
    if (engine.exports.init(capacity) === 0) {
      throw new Error(`init(${capacity}) gave status ${engine.exports.get_status()}.`);
    }
    return engine;
  }

  /** The JavaScript form in this engine's memory, which goes on where this one stopped. */
  async successor(): Promise<HeadlessEngine> {
    const capacity = this.exports.get_input_capacity();
    new Uint8Array(this.buffer, 0, constants.arenaBase).fill(0);
    const exports = await loadFallback(this.#memory);
    if (exports.resume(capacity) === 0) throw new Error(`resume gave ${exports.get_status()}.`);
    return new HeadlessEngine(exports, this.#memory);
  }

  /** Opens a push input for a producer in this thread. */
  openPush(input: number, settings: PushSettings): Producer {
    const { rateHz, channels, targetFrames, pace } = settings;
    const status = this.exports.open_push(input, rateHz, channels, targetFrames, pace);
    if (status !== engineStatus.ok) throw new Error(`open_push gave status ${status}.`);
    const place = pushPlace(this.buffer, input);
    const { epoch } = new PushCounters(this.buffer, place.wordsOffset);
    return Producer.attach({ buffer: this.buffer, ...place, epoch, sampleRate: rateHz });
  }

  /** What the engine says of a push input. */
  push(input: number): Readonly<Record<keyof typeof pushFields, number>> {
    return new PushView(this.buffer, pushPlace(this.buffer, input).wordsOffset).read()!;
  }

  /** Writes one quantum of every channel and processes it. */
  feed(channels: readonly Float32Array[]): void {
    const { exports } = this;
    const frames = channels[0]!.length;
    const capacity = exports.get_input_capacity();
    const position = exports.get_write_pos();
    channels.forEach((samples, channel) => {
      const offset = exports.get_input_ptr() + channel * capacity * 4;
      const plane = new Float32Array(this.buffer, offset, capacity);
      samples.forEach((sample, i) => (plane[(position + i) & (capacity - 1)] = sample));
    });
    exports.set_write_pos(position + frames);
    const status = exports.process_quantum(frames);
    if (status !== engineStatus.ok) throw new Error(`process_quantum gave status ${status}.`);
  }

  /** Sends commands that take effect with the next quantum. */
  send(commands: readonly MixerCommand[]): void {
    const queue = new SlotQueueProducer(
      this.buffer,
      this.#offset(directoryWord.commands),
      commandWords,
    );
    commands.forEach((command, tag) =>
      queue.push((slot) => writeCommand(slot, tag, encodeCommand(command), 0)),
    );
  }

  /** The first frames of the last quantum's mix: left, right. */
  output(frames: number): readonly Float32Array[] {
    const stride = constants.maxQuantumFrames * Float32Array.BYTES_PER_ELEMENT;
    return [0, 1].map(
      (channel) =>
        new Float32Array(
          this.buffer,
          this.#offset(directoryWord.output) + channel * stride,
          frames,
        ),
    );
  }

  /** The bytes of the mix ring and of the voice ring, which lies behind it. */
  get published(): Uint8Array {
    const begin = this.#offset(directoryWord.mixRing);
    return new Uint8Array(this.buffer, begin, this.#offset(directoryWord.output) - begin);
  }

  /** Detects voice in the mix, with weights that are put where the page puts them. */
  startVad(weights: Uint8Array): void {
    new Uint8Array(this.buffer).set(weights, this.#offset(directoryWord.vadFile));
    const status = this.exports.start_vad(weights.length, 1 << constants.inputs);
    if (status !== engineStatus.ok) throw new Error(`start_vad gave status ${status}.`);
  }

  /** Follows what it says of the mix. */
  probabilities(): ProbabilityRingReader {
    const ringBytes = broadcastRingBytes(probabilityRingShape(vadConstants.probabilityRingSlots));
    const offset = this.#offset(directoryWord.vadRing) + constants.inputs * ringBytes;
    const memory = new BroadcastMemory(this.buffer, offset);
    return new ProbabilityRingReader(memory, 1);
  }

  /** Follows the voice. */
  voice(): ChunkRingReader {
    return new ChunkRingReader(
      new BroadcastMemory(this.buffer, this.#offset(directoryWord.voiceRing)),
    );
  }

  /** The bytes of every meter, of the inputs and of the master. */
  get meters(): Uint8Array {
    const bytes = 4 * meterWords * (constants.inputs + 1);
    return new Uint8Array(this.buffer, this.#offset(directoryWord.meters), bytes);
  }

  /** What the analysis found in its newest window. */
  get analysis(): Analysis | undefined {
    return new AnalysisView(this.buffer, this.#offset(directoryWord.analysis)).latest();
  }

  #offset(word: number): number {
    return new Uint32Array(this.buffer, constants.arenaBase)[word]!;
  }

  get telemetry(): EngineTelemetry {
    return new TelemetryView(this.buffer, this.exports.get_telemetry_ptr()).read()!;
  }
}

async function loadWasm(build: EngineBuild, memory: WebAssembly.Memory): Promise<EngineExports> {
  const bytes = await readFile(fromRoot(`public/${build}.wasm`));
  const module = await WebAssembly.compile(Uint8Array.from(bytes));
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return instance.exports as unknown as EngineExports;
}

async function loadFallback(memory: WebAssembly.Memory): Promise<EngineExports> {
  const url = pathToFileURL(fromRoot('build/fallback/engine-fallback.js')).href;
  const { instantiate } = (await import(/* @vite-ignore */ url)) as {
    instantiate: (memory: WebAssembly.Memory) => EngineExports;
  };
  return instantiate(memory);
}
