import { describe, expect, test } from 'vitest';
import { Moonshine, type OnnxRuntime } from '../../web/lib/stt/moonshine.ts';
import { Tokenizer } from '../../web/lib/stt/tokenizer.ts';

const [first, second] = [3, 4];
const pieces = ['<unk>', '<s>', '</s>', '▁one', '▁two'];
const second16k = 16_000;
/** Silence before the stretch: of the first look, and of the other. */
const [lead, otherLead] = [0.1 * second16k, 0.2 * second16k];

interface Toy {
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];
}

type Odds = readonly [end: number, one: number, two: number];

/** What the decoder expects after `told` of sound with so much silence before it. */
type Story = (leadSamples: number, told: readonly number[]) => Odds;

class ToyTensor implements Toy {
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];

  constructor(_type: string, data: ArrayLike<unknown>, dims: readonly number[]) {
    this.data = data;
    this.dims = dims;
  }
}

const floats = (values: readonly number[]): Toy =>
  new ToyTensor('float32', Float32Array.from(values), [values.length]);

/** A runtime whose encoder tells of the silence before the sound, and whose decoder's cache is its text. */
class ToyRuntime {
  encodings = 0;
  steps = 0;
  readonly #story: Story;

  constructor(story: Story) {
    this.#story = story;
  }

  get runtime(): OnnxRuntime {
    const create = (file: Uint8Array) =>
      Promise.resolve(file[0] === 0 ? this.#encoder : this.#decoder);
    return { Tensor: ToyTensor, InferenceSession: { create } } as unknown as OnnxRuntime;
  }

  get #encoder() {
    const run = ({ input_values: input }: Record<string, Toy>) => {
      this.encodings += 1;
      const samples = Array.from(input?.data as Float32Array);
      return Promise.resolve({ last_hidden_state: floats([samples.findIndex((x) => x !== 0)]) });
    };
    return { run, release: () => Promise.resolve() };
  }

  get #decoder() {
    const run = (feeds: Record<string, Toy>) => {
      this.steps += 1;
      const isFirst = feeds['use_cache_branch']?.data[0] === 0;
      const past = Array.from(feeds['past_key_values.0.decoder.key']?.data as Float32Array);
      const told = isFirst ? [] : [...past, Number(feeds['input_ids']?.data[0])];
      const odds = this.#story(Number(feeds['encoder_hidden_states']?.data[0]), told);
      const logits = floats([-99, -99, ...odds.map((share) => Math.log(share))]);
      return Promise.resolve({ logits, 'present.0.decoder.key': floats(told) });
    };
    const cache = { name: 'past_key_values.0.decoder.key', isTensor: true, shape: [1, 8, 0, 36] };
    return { run, release: () => Promise.resolve(), inputMetadata: [cache] };
  }
}

async function setUp(story: Story) {
  const toy = new ToyRuntime(story);
  const files = { encoder: Uint8Array.of(0), decoder: Uint8Array.of(1) };
  const model = await Moonshine.load(toy.runtime, files, new Tokenizer(pieces));
  return { toy, model };
}

const speech = new Float32Array(second16k).fill(0.5);

/** Sure of one word. */
const sure: Story = (_lead, told) => (told.length === 0 ? [0.01, 0.98, 0.01] : [0.98, 0.01, 0.01]);

/** The likeliest first word leads to nothing that is likely. */
const misleading: Story = (_lead, told) => {
  if (told.length === 0) return [0.02, 0.5, 0.48];
  if (told.length > 2) return [0.98, 0.01, 0.01];
  return told[0] === first ? [0.02, 0.49, 0.49] : [0.98, 0.01, 0.01];
};

/** In doubt, but behind more silence. */
const clearLater: Story = (leadSamples, told) => {
  if (told.length > 0) return [0.98, 0.01, 0.01];
  return leadSamples === otherLead ? [0.02, 0.04, 0.94] : [0.2, 0.5, 0.3];
};

/** Worse behind more silence. */
const clearerSooner: Story = (leadSamples, told) => {
  if (told.length > 0) return [0.98, 0.01, 0.01];
  return leadSamples === lead ? [0.2, 0.6, 0.2] : [0.3, 0.3, 0.4];
};

describe('a final text', () => {
  test('that is sure is heard once, and no dearer than a partial one', async () => {
    const { toy, model } = await setUp(sure);
    expect((await model.recognize(speech, { isFinal: true })).tokens).toEqual([first]);
    expect(toy).toMatchObject({ encodings: 1, steps: 2 });
  });

  test('that is not sure is searched among more beginnings', async () => {
    const { model } = await setUp(misleading);
    expect(await model.recognize(speech)).toMatchObject({ text: 'one one one' });
    expect(await model.recognize(speech, { isFinal: true })).toMatchObject({ text: 'two' });
  });

  test('that is not sure is heard behind more silence, and the likelier is taken', async () => {
    const { toy, model } = await setUp(clearLater);
    const heard = await model.recognize(speech, { isFinal: true });
    expect(heard).toMatchObject({ text: 'two', tokens: [second], repeats: false });
    expect(toy.encodings).toBe(2);
  });

  test('stays as it was where another look finds nothing likelier', async () => {
    const { toy, model } = await setUp(clearerSooner);
    expect(await model.recognize(speech, { isFinal: true })).toMatchObject({ text: 'one' });
    expect(toy.encodings).toBe(2);
  });
});

test('a text that is not final is heard once, sure or not', async () => {
  const { toy, model } = await setUp(clearLater);
  expect((await model.recognize(speech)).tokens).toEqual([first]);
  expect(toy).toMatchObject({ encodings: 1, steps: 2 });
});
