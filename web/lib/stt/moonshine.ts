import type * as Onnx from 'onnxruntime-web/wasm';
import { voiceRateHz } from '../speech-segment.ts';
import { DecoderCache } from './decoder-cache.ts';
import type { Recognition, RecognizeOptions, Recognizer } from './recognizer.ts';
import { repetitionStart } from './repetition.ts';
import type { Tokenizer } from './tokenizer.ts';

/** ONNX Runtime, however it came here. */
export type OnnxRuntime = Pick<typeof Onnx, 'InferenceSession' | 'Tensor'>;

/** The files of a model. */
export interface MoonshineFiles {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}

/** What else may be given; everything has a default. */
export interface MoonshineOptions {
  /** Waits for a moment between two tokens, so that a thread hears its messages. Default: it does not. */
  readonly breathe?: () => Promise<void>;
}

const beginToken = 1;
const endToken = 2;
/** Of speech; more than this is said by nobody (Jeffries et al. 2024, "Moonshine", section 3). */
const tokensPerSecond = 6.5;
/**
 * Silence that is put before: 0.1 s. A stretch that begins with a voice loses its first word more often
 * without; `npm run wer` says by how much.
 */
const leadSamples = 1600;

/**
 * Moonshine (Jeffries et al. 2024): an encoder over the samples themselves and a decoder that gives
 * one token after the other, greedily. What the decoder attends to is not among its outputs, so there
 * are no times of words.
 */
export class Moonshine implements Recognizer {
  readonly #runtime: OnnxRuntime;
  readonly #encoder: Onnx.InferenceSession;
  readonly #decoder: Onnx.InferenceSession;
  readonly #tokenizer: Tokenizer;
  readonly #breathe: (() => Promise<void>) | undefined;

  private constructor(
    runtime: OnnxRuntime,
    sessions: { encoder: Onnx.InferenceSession; decoder: Onnx.InferenceSession },
    tokenizer: Tokenizer,
    { breathe }: MoonshineOptions,
  ) {
    this.#runtime = runtime;
    this.#encoder = sessions.encoder;
    this.#decoder = sessions.decoder;
    this.#tokenizer = tokenizer;
    this.#breathe = breathe;
  }

  /** Makes the sessions; that takes a second or so. @throws Error where the files are no model. */
  static async load(
    runtime: OnnxRuntime,
    files: MoonshineFiles,
    tokenizer: Tokenizer,
    options: MoonshineOptions = {},
  ): Promise<Moonshine> {
    const encoder = await runtime.InferenceSession.create(files.encoder);
    const decoder = await runtime.InferenceSession.create(files.decoder);
    return new Moonshine(runtime, { encoder, decoder }, tokenizer, options);
  }

  async recognize(samples: Float32Array, options: RecognizeOptions = {}): Promise<Recognition> {
    const begin = performance.now();
    const hidden = await this.#encode(samples);
    const encoded = performance.now();
    const most = Math.ceil((tokensPerSecond * samples.length) / voiceRateHz);
    const decoded = await this.#decode(hidden, most, options);
    return {
      text: this.#tokenizer.decode(decoded.tokens),
      ...decoded,
      encoderMs: encoded - begin,
      decoderMs: performance.now() - encoded,
    };
  }

  /** Gives the sessions' memory back. */
  async close(): Promise<void> {
    await this.#encoder.release();
    await this.#decoder.release();
  }

  async #encode(samples: Float32Array): Promise<Onnx.Tensor> {
    // More than the 895 that its convolutions need, whatever comes.
    const led = new Float32Array(leadSamples + samples.length);
    led.set(samples, leadSamples);
    const input = this.#floats(led, [1, led.length]);
    const { last_hidden_state: hidden } = await this.#encoder.run({ input_values: input });
    return required(hidden, 'last_hidden_state');
  }

  async #decode(
    hidden: Onnx.Tensor,
    most: number,
    { expectText = false, signal }: RecognizeOptions,
  ): Promise<Pick<Recognition, 'tokens' | 'repeats'>> {
    const cache = new DecoderCache(this.#decoder, (data, dims) => this.#floats(data, dims));
    const tokens: number[] = [];
    while (tokens.length < most) {
      signal?.throwIfAborted();
      const isFirst = tokens.length === 0;
      const logits = await this.#step(cache, hidden, tokens.at(-1));
      const token = likeliest(logits, isFirst && expectText ? endToken : undefined);
      if (token === endToken) break;
      tokens.push(token);
      const circle = repetitionStart(tokens);
      if (circle !== undefined) return { tokens: tokens.slice(0, circle), repeats: true };
      await this.#breathe?.();
    }
    return { tokens, repeats: false };
  }

  async #step(
    cache: DecoderCache,
    hidden: Onnx.Tensor,
    last: number | undefined,
  ): Promise<Float32Array> {
    const { Tensor } = this.#runtime;
    const isFirst = last === undefined;
    const feeds = {
      input_ids: new Tensor('int64', BigInt64Array.of(BigInt(last ?? beginToken)), [1, 1]),
      encoder_hidden_states: hidden,
      use_cache_branch: new Tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
      ...cache.feeds,
    };
    const results = await this.#decoder.run(feeds, ['logits', ...cache.outputs(isFirst)]);
    cache.update(results);
    return required(results['logits'], 'logits').data as Float32Array;
  }

  #floats(data: Float32Array, dims: readonly number[]): Onnx.Tensor {
    return new this.#runtime.Tensor('float32', data, dims);
  }
}

function required(tensor: Onnx.Tensor | undefined, name: string): Onnx.Tensor {
  if (tensor === undefined) throw new TypeError(`The model gives no ${name}.`);
  return tensor;
}

function likeliest(logits: Float32Array, forbidden: number | undefined): number {
  let best = -1;
  let highest = -Infinity;
  // An iterator over all 32 000 would cost as much as a layer of the model.
  for (let token = 0; token < logits.length; token += 1) {
    const logit = logits[token] ?? -Infinity;
    if (logit > highest && token !== forbidden) {
      best = token;
      highest = logit;
    }
  }
  return best;
}
