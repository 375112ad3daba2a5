import { vadConstants, type VadExports, vadStatus } from '../../shared/vad.gen.ts';

const { vadFrames, vadMemoryPages } = vadConstants;

/**
 * The engine's voice detector by itself, for any thread that takes chunks off the bus: Silero VAD,
 * version 6. One object hears one stream; its memory, 2 MB, goes with it.
 */
export class VadModule {
  /** Samples of a frame, at 16 kHz: as many as a chunk of the bus has. */
  static readonly frameLength: number = vadFrames;

  readonly #exports: VadExports;
  readonly #samples: Float32Array;

  private constructor(exports: VadExports, buffer: ArrayBuffer) {
    this.#exports = exports;
    this.#samples = new Float32Array(buffer, exports.get_samples_ptr(), vadFrames);
  }

  /**
   * @param module The bytes of vad.wasm, or the module compiled from them.
   * @param weights The file of the weights, `models/silero-vad.bin`; it is copied.
   * @throws RangeError Where the weights are none, of another version, cut short or damaged.
   */
  static async create(
    module: BufferSource | WebAssembly.Module,
    weights: Uint8Array,
  ): Promise<VadModule> {
    const memory = new WebAssembly.Memory({ initial: vadMemoryPages, maximum: vadMemoryPages });
    const compiled =
      module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
    const instance = await WebAssembly.instantiate(compiled, { env: { memory } });
    const exports = instance.exports as unknown as VadExports;
    const start = exports.get_weights_ptr();
    const room = memory.buffer.byteLength - start;
    if (weights.length <= room) new Uint8Array(memory.buffer).set(weights, start);
    assertLoaded(exports.load_weights(weights.length));
    return new VadModule(exports, memory.buffer);
  }

  /**
   * The probability, 0 to 1, that these samples are speech, given all that came before.
   *
   * @param samples A frame from -1 to 1 at 16 kHz, the one that follows the last.
   */
  detect(samples: Float32Array): number {
    if (samples.length !== vadFrames) {
      throw new RangeError(`samples must be ${vadFrames} samples, was ${samples.length}.`);
    }
    this.#samples.set(samples);
    return this.#exports.detect();
  }

  /** Forgets all samples before: for a stream that begins anew, or after a gap. */
  restart(): void {
    this.#exports.restart();
  }
}

/** Why weights were refused, by the module's status. */
const faults: Readonly<Record<number, string>> = {
  [vadStatus.notWeights]: 'is no such file',
  [vadStatus.otherVersion]: 'is of another version',
  [vadStatus.badLength]: 'is cut short, or too long',
  [vadStatus.badDigest]: 'is damaged',
};

function assertLoaded(status: number): void {
  if (status === vadStatus.ok) return;
  const fault = faults[status] ?? `was refused with status ${status}`;
  throw new RangeError(`weights must be the file of the voice detector's weights; it ${fault}.`);
}
