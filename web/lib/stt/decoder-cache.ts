import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';

const pastPrefix = 'past_key_values.';
const presentPrefix = 'present.';

/** Makes a tensor: of the runtime that runs the session. */
export type FloatTensor = (data: Float32Array, dims: readonly number[]) => Tensor;

/**
 * The keys and values of the decoder's attention. The first step has none and gives all of them;
 * each later one gives those of its own tokens anew, and for the encoder's dummies, which must not
 * take the place of what the first step gave.
 */
export class DecoderCache {
  readonly #tensors: ReadonlyMap<string, Tensor>;

  private constructor(tensors: ReadonlyMap<string, Tensor>) {
    this.#tensors = tensors;
  }

  /** Of a decoder that has given nothing yet. @param session A merged decoder. */
  static empty(session: InferenceSession, tensor: FloatTensor): DecoderCache {
    const tensors = new Map<string, Tensor>();
    for (const input of session.inputMetadata) {
      if (!input.isTensor || !input.name.startsWith(pastPrefix)) continue;
      const [, heads, , width] = input.shape.map(Number);
      if (heads === undefined || width === undefined || !(heads * width > 0)) {
        throw new TypeError(`${input.name} has no shape of a cache.`);
      }
      tensors.set(input.name, tensor(new Float32Array(), [0, heads, 1, width]));
    }
    return new DecoderCache(tensors);
  }

  /** What the next step takes. */
  get feeds(): Readonly<Record<string, Tensor>> {
    return Object.fromEntries(this.#tensors);
  }

  /** What a step has to give besides the logits. */
  outputs(isFirst: boolean): string[] {
    return [...this.#tensors.keys()]
      .filter((name) => isFirst || name.includes('.decoder.'))
      .map((name) => name.replace(pastPrefix, presentPrefix));
  }

  /** With what a step gave. This one stays as it is, for another token in the same place. */
  after(results: Readonly<Record<string, Tensor>>): DecoderCache {
    const tensors = new Map(this.#tensors);
    for (const [name, tensor] of Object.entries(results)) {
      if (name.startsWith(presentPrefix)) {
        tensors.set(name.replace(presentPrefix, pastPrefix), tensor);
      }
    }
    return new DecoderCache(tensors);
  }
}
