import type * as Onnx from 'onnxruntime-web/wasm';
import { voiceRateHz } from '../speech-segment.ts';
import { DecoderCache } from './decoder-cache.ts';
import { type Expectation, type LikelyText, likelier, likeliestText } from './likeliest-text.ts';
import type { Recognition, RecognizeOptions, Recognizer } from './recognizer.ts';
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

/** A stretch of speech, and how long the model was at work on it. */
interface Work {
  readonly samples: Float32Array;
  readonly options: RecognizeOptions;
  encoderMs: number;
  decoderMs: number;
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
/** Behind 0.2 s noise leads the model another way: what is not sure is heard so once more. */
const secondLeadSamples = 3200;
/** Least mean of a sure text's log-probabilities; of tiny's over noise six in ten are under it. */
const sureMean = -0.2;
/** Drafts of the search where it is not; four find next to nothing more. */
const secondWidth = 2;

/**
 * Moonshine (Jeffries et al. 2024): an encoder over the samples themselves and a decoder that gives
 * one token after the other. It takes the likeliest each time; a final text that is not sure it searches
 * again, and takes the likeliest of what it found. What the decoder attends to is not among its outputs,
 * so there are no times of words.
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
    const work: Work = { samples, options, encoderMs: 0, decoderMs: 0 };
    const hidden = await this.#encode(work, leadSamples);
    const first = await this.#decode(work, hidden, 1);
    const isDone = options.isFinal !== true || isSure(first);
    const { tokens, repeats } = isDone ? first : await this.#searchAgain(work, hidden, first);
    const { encoderMs, decoderMs } = work;
    return { text: this.#tokenizer.decode(tokens), tokens, repeats, encoderMs, decoderMs };
  }

  /** Gives the sessions' memory back. */
  async close(): Promise<void> {
    await this.#encoder.release();
    await this.#decoder.release();
  }

  async #searchAgain(work: Work, hidden: Onnx.Tensor, first: LikelyText): Promise<LikelyText> {
    const wide = await this.#decode(work, hidden, secondWidth);
    const shifted = await this.#encode(work, secondLeadSamples);
    const other = await this.#decode(work, shifted, 1);
    return [wide, other].reduce(likelier, first);
  }

  async #encode(work: Work, lead: number): Promise<Onnx.Tensor> {
    const begin = performance.now();
    // More than the 895 that its convolutions need, whatever comes.
    const led = new Float32Array(lead + work.samples.length);
    led.set(work.samples, lead);
    const input = this.#floats(led, [1, led.length]);
    const { last_hidden_state: hidden } = await this.#encoder.run({ input_values: input });
    work.encoderMs += performance.now() - begin;
    return required(hidden, 'last_hidden_state');
  }

  async #decode(work: Work, hidden: Onnx.Tensor, width: number): Promise<LikelyText> {
    const begin = performance.now();
    const { expectText = false, signal } = work.options;
    const most = Math.ceil((tokensPerSecond * work.samples.length) / voiceRateHz);
    const model = {
      endToken,
      memory: DecoderCache.empty(this.#decoder, (data, dims) => this.#floats(data, dims)),
      expect: (cache: DecoderCache, last: number | undefined) => this.#expect(hidden, cache, last),
    };
    const search = { width, most, expectText, signal, breathe: this.#breathe };
    const text = await likeliestText(model, search);
    work.decoderMs += performance.now() - begin;
    return text;
  }

  async #expect(
    hidden: Onnx.Tensor,
    cache: DecoderCache,
    last: number | undefined,
  ): Promise<Expectation<DecoderCache>> {
    const { Tensor } = this.#runtime;
    const isFirst = last === undefined;
    const feeds = {
      input_ids: new Tensor('int64', BigInt64Array.of(BigInt(last ?? beginToken)), [1, 1]),
      encoder_hidden_states: hidden,
      use_cache_branch: new Tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
      ...cache.feeds,
    };
    const results = await this.#decoder.run(feeds, ['logits', ...cache.outputs(isFirst)]);
    const logits = required(results['logits'], 'logits').data as Float32Array;
    return { logits, memory: cache.after(results) };
  }

  #floats(data: Float32Array, dims: readonly number[]): Onnx.Tensor {
    return new this.#runtime.Tensor('float32', data, dims);
  }
}

function required(tensor: Onnx.Tensor | undefined, name: string): Onnx.Tensor {
  if (tensor === undefined) throw new TypeError(`The model gives no ${name}.`);
  return tensor;
}

function isSure({ tokens, logProbability }: LikelyText): boolean {
  // The end is one more.
  return logProbability / (tokens.length + 1) >= sureMean;
}
