/** Speech to text: see `benchmarks/stt.mjs`. */
import * as ort from 'onnxruntime-web/wasm';
import { Moonshine } from '../../../web/lib/stt/moonshine.ts';
import { Tokenizer } from '../../../web/lib/stt/tokenizer.ts';
import type { Assets, ProgramMaker } from '../contestant-table.mjs';

/** The head of the clip's file, with its chunks of text. */
const headBytes = 44;
const fullScale = 32_768;
const clip = 'austen-0880.wav';
/** Ours puts silence before the sentence, the plain loop none: they hear its words alike, not its end. */
const said = /^He was not an ill.*posed young man[,.]$/;

interface Files {
  readonly encoder: Uint8Array<ArrayBuffer>;
  readonly decoder: Uint8Array<ArrayBuffer>;
  readonly vocabulary: Uint8Array<ArrayBuffer>;
  readonly samples: Float32Array;
}

async function load(assets: Assets): Promise<Files> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = (await assets('ort-wasm-simd-threaded.wasm')).buffer;
  const sound = new Int16Array((await assets(clip)).buffer, headBytes);
  return {
    encoder: await assets('encoder.onnx'),
    decoder: await assets('decoder.onnx'),
    vocabulary: await assets('moonshine-vocabulary.json'),
    samples: Float32Array.from(sound, (sample) => sample / fullScale),
  };
}

/** What makes a text of samples. */
type Transcribe = (samples: Float32Array) => Promise<string>;

/** One operation: the clip. */
const program =
  (make: (files: Files) => Promise<Transcribe>): ProgramMaker =>
  async (_kernels, assets) => {
    const files = await load(assets);
    const transcribe = await make(files);
    return {
      check: async () => {
        const text = await transcribe(files.samples);
        if (!said.test(text)) throw new Error(`It heard “${text}”.`);
      },
      run: async (operations) => {
        for (let i = 0; i < operations; i += 1) await transcribe(files.samples);
      },
    };
  };

async function ours({ encoder, decoder, vocabulary }: Files): Promise<Transcribe> {
  const model = await Moonshine.load(ort, { encoder, decoder }, Tokenizer.parse(vocabulary));
  return async (samples) => (await model.recognize(samples)).text;
}

const beginToken = 1;
const endToken = 2;
const layers = 6;
const width = 36;
const tokensPerSecond = 6;
const rateHz = 16_000;

const likeliest = (logits: ArrayLike<number>): number =>
  Array.from(logits, (logit, token) => [logit, token] as const).reduce((best, other) =>
    other[0] > best[0] ? other : best,
  )[1];

/** The loop that the model's makers publish, in its form: every output of every step is taken. */
async function plain({ encoder, decoder, vocabulary }: Files): Promise<Transcribe> {
  const encoderSession = await ort.InferenceSession.create(encoder);
  const decoderSession = await ort.InferenceSession.create(decoder);
  const tokenizer = Tokenizer.parse(vocabulary);
  const names = Array.from({ length: layers }, (_, layer) =>
    ['decoder', 'encoder'].flatMap((part) =>
      ['key', 'value'].map((kind) => `${layer}.${part}.${kind}`),
    ),
  ).flat();
  return async (samples) => {
    const input = new ort.Tensor('float32', samples, [1, samples.length]);
    const { last_hidden_state: hidden } = await encoderSession.run({ input_values: input });
    if (hidden === undefined) throw new Error('The encoder gave nothing.');
    const nothing = new ort.Tensor('float32', new Float32Array(), [0, 8, 1, width]);
    const past = new Map<string, ort.Tensor>(names.map((name) => [name, nothing]));
    const tokens: number[] = [];
    for (let last = beginToken; tokens.length < (tokensPerSecond * samples.length) / rateHz;) {
      const isFirst = tokens.length === 0;
      const outputs = await decoderSession.run({
        input_ids: new ort.Tensor('int64', BigInt64Array.of(BigInt(last)), [1, 1]),
        encoder_hidden_states: hidden,
        use_cache_branch: new ort.Tensor('bool', [!isFirst]),
        ...Object.fromEntries(
          [...past].map(([name, tensor]) => [`past_key_values.${name}`, tensor]),
        ),
      });
      last = likeliest(outputs['logits']?.data as Float32Array);
      if (last === endToken) break;
      tokens.push(last);
      for (const name of names) {
        const present = outputs[`present.${name}`];
        if (present !== undefined && (isFirst || name.includes('decoder'))) past.set(name, present);
      }
    }
    return tokenizer.decode(tokens);
  };
}

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  ours: program(ours),
  plain: program(plain),
};
