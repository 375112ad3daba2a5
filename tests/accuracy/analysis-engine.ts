/** The engine as the worklet drives it, in Node, with its analysis of input 0 turned on. */
import { encodeCommand, writeCommand } from '../../web/lib/mixer/command.ts';
import { type Analysis, AnalysisView } from '../../web/shared/analysis-view.ts';
import {
  type analysisParameters,
  commandWords,
  constants,
  directoryWord,
  engineStatus,
} from '../../web/shared/layout.gen.ts';
import { SlotQueueProducer } from '../../web/shared/slot-queue.ts';
import { Engine } from '../../worklet/engine.ts';
import type { EngineExports } from '../../worklet/exports.gen.ts';

// What the worklet's global scope has.
declare global {
  var sampleRate: number;
}

/** How it analyses. */
export interface AnalysisMode {
  readonly windowFrames: number;
  readonly refine: boolean;
}

type Settings = Partial<Record<keyof typeof analysisParameters, number>>;

/** Takes frames as long as its window, and says what it finds in each. */
export class AnalysisEngine {
  readonly windowFrames: number;
  readonly #engine: Engine;
  readonly #view: AnalysisView;
  readonly #levels = new Float32Array(constants.analysisFrames / 2 + 1);
  readonly #quantumFrames: number;
  #frame = 0;

  private constructor(engine: Engine, view: AnalysisView, windowFrames: number) {
    this.#engine = engine;
    this.#view = view;
    this.windowFrames = windowFrames;
    this.#quantumFrames = Math.min(windowFrames, constants.maxQuantumFrames);
  }

  /** @param bytes Of `engine.wasm`. */
  static async start(
    bytes: BufferSource,
    rateHz: number,
    mode: AnalysisMode,
  ): Promise<AnalysisEngine> {
    const { windowFrames, refine } = mode;
    const pages = constants.memoryPages;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    globalThis.sampleRate = rateHz;
    const engine = new Engine(instance.exports as unknown as EngineExports, memory, 'fresh');
    const directory = new Uint32Array(memory.buffer, constants.arenaBase);
    const view = new AnalysisView(memory.buffer, directory[directoryWord.analysis]!);
    const made = new AnalysisEngine(engine, view, windowFrames);
    const queue = new SlotQueueProducer(
      memory.buffer,
      directory[directoryWord.commands]!,
      commandWords,
    );
    send(queue, {
      // A quantum as long as the hop does all the work of the window that ends with it.
      hopFrames: made.#quantumFrames,
      shortWindow: windowFrames === constants.shortAnalysisFrames ? 1 : 0,
      refine: refine ? 1 : 0,
      input: 0,
      on: 1,
    });
    // Commands take effect in a quantum, and the analysis follows with the next one.
    made.#process(new Float32Array(1));
    return made;
  }

  /** What the engine finds in one window. */
  analyze(window: Float32Array): Analysis {
    const step = this.#quantumFrames;
    for (let begin = 0; begin < window.length; begin += step) {
      this.#process(window.subarray(begin, begin + step));
    }
    const analysis = this.#view.latest(this.#levels);
    if (analysis?.centreFrame === this.#frame - this.windowFrames / 2) return analysis;
    throw new Error(`The engine has published nothing of the window that ends at ${this.#frame}.`);
  }

  #process(samples: Float32Array): void {
    const status = this.#engine.process([[samples]], samples.length, this.#frame);
    if (status !== engineStatus.ok) throw new Error(`process_quantum gave status ${status}.`);
    this.#frame += samples.length;
  }
}

function send(queue: SlotQueueProducer, settings: Settings): void {
  Object.entries(settings).forEach(([parameter, value], tag) => {
    const command = encodeCommand({
      kind: 'set-analysis',
      parameter: parameter as keyof typeof analysisParameters,
      value,
    });
    if (!queue.push((slot) => writeCommand(slot, tag, command, 0))) {
      throw new Error('The command queue is full.');
    }
  });
}
