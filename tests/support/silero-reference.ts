/** Silero VAD as its makers run it: the ONNX model, in ONNX Runtime Web. */
import * as ort from 'onnxruntime-web/wasm';
import { vadConstants } from '../../web/shared/vad.gen.ts';

const { vadFrames, vadContextFrames, vadHidden } = vadConstants;
const stateDims = [2, 1, vadHidden];
const rateHz = new ort.Tensor('int64', BigInt64Array.of(16_000n), []);

export class SileroReference {
  readonly #session: ort.InferenceSession;
  readonly #contextFrames: number;
  readonly #input: Float32Array;
  #state: ort.Tensor;

  private constructor(session: ort.InferenceSession, contextFrames: number) {
    this.#session = session;
    this.#contextFrames = contextFrames;
    this.#input = new Float32Array(contextFrames + vadFrames);
    this.#state = new ort.Tensor('float32', new Float32Array(2 * vadHidden), stateDims);
  }

  /** @param contextFrames Samples that the model sees again; it wants 64. */
  static async load(
    model: Uint8Array,
    contextFrames: number = vadContextFrames,
  ): Promise<SileroReference> {
    ort.env.wasm.numThreads = 1;
    return new SileroReference(await ort.InferenceSession.create(model), contextFrames);
  }

  async detect(samples: Float32Array): Promise<number> {
    this.#input.copyWithin(0, vadFrames);
    this.#input.set(samples, this.#contextFrames);
    const { output, stateN } = await this.#session.run({
      input: new ort.Tensor('float32', this.#input, [1, this.#input.length]),
      state: this.#state,
      sr: rateHz,
    });
    if (output === undefined || stateN === undefined) throw new Error('The model has no outputs.');
    this.#state = stateN;
    return Number(output.data[0]);
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}
