import type * as Onnx from 'onnxruntime-web/wasm';
import { vadConstants } from '../../shared/vad.gen.ts';
import type { StreamDetector } from './stream-detector.ts';

/** ONNX Runtime, however it came here. */
export type OnnxRuntime = Pick<typeof Onnx, 'InferenceSession' | 'Tensor'>;

const { vadFrames, vadContextFrames, vadHidden } = vadConstants;
const stateShape = [2, 1, vadHidden];
const rateHz = 16_000n;

/** Silero VAD in ONNX Runtime: the reference, at ten times the price. */
export class OnnxDetector implements StreamDetector {
  readonly #runtime: OnnxRuntime;
  readonly #session: Onnx.InferenceSession;
  readonly #rate: Onnx.Tensor;
  /** The end of the frame before, then the frame. */
  readonly #input = new Float32Array(vadContextFrames + vadFrames);
  #state: Onnx.Tensor;

  private constructor(runtime: OnnxRuntime, session: Onnx.InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.#rate = new runtime.Tensor('int64', BigInt64Array.of(rateHz), []);
    this.#state = this.#silence();
  }

  /** @param model In ONNX form, version 5 or 6. @throws Error where it is none. */
  static async create(runtime: OnnxRuntime, model: Uint8Array): Promise<OnnxDetector> {
    return new OnnxDetector(runtime, await runtime.InferenceSession.create(model));
  }

  async detect(samples: Float32Array): Promise<number> {
    this.#input.copyWithin(0, vadFrames);
    this.#input.set(samples, vadContextFrames);
    const input = new this.#runtime.Tensor('float32', this.#input, [1, this.#input.length]);
    const { output, stateN } = await this.#session.run({
      input,
      state: this.#state,
      sr: this.#rate,
    });
    if (output === undefined || stateN === undefined) throw new Error('This is another model.');
    this.#state = stateN;
    return Number(output.data[0]);
  }

  restart(): void {
    this.#input.fill(0);
    this.#state = this.#silence();
  }

  #silence(): Onnx.Tensor {
    const values = new Float32Array(2 * vadHidden);
    return new this.#runtime.Tensor('float32', values, stateShape);
  }
}
