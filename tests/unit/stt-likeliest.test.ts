import { describe, expect, test } from 'vitest';
import {
  type LikelyText,
  likeliestText,
  type TextModel,
  type TextSearch,
} from '../../web/lib/stt/likeliest-text.ts';
import { likeliestTokens } from '../../web/lib/stt/likeliest-tokens.ts';

const [end, a, b] = [0, 1, 2];
const vocabulary = 3;

type Odds = readonly [end: number, a: number, b: number];

/** Whose odds depend on all tokens so far; counts how often it is asked. */
class Storyteller implements TextModel<readonly number[]> {
  readonly endToken = end;
  readonly memory: readonly number[] = [];
  readonly #odds: (told: readonly number[]) => Odds;
  asked = 0;

  constructor(odds: (told: readonly number[]) => Odds) {
    this.#odds = odds;
  }

  expect(memory: readonly number[], last: number | undefined) {
    this.asked += 1;
    const told = last === undefined ? memory : [...memory, last];
    const logits = Float32Array.from(this.#odds(told), (odds) => 5 + Math.log(odds));
    return Promise.resolve({ logits, memory: told });
  }
}

const search = (options: Partial<TextSearch> = {}): TextSearch => ({
  ...{ width: 1, most: 20, expectText: false },
  ...options,
});

/** Takes the wrong way at the first token: what follows a is never sure. */
const garden = (told: readonly number[]): Odds => {
  if (told.length === 0) return [0.05, 0.5, 0.45];
  if (told.length > 2) return [0.98, 0.01, 0.01];
  return told[0] === b ? [0.01, 0.98, 0.01] : [0.02, 0.49, 0.49];
};

/** Small and repeatable (Numerical Recipes, linear congruential), from the tokens so far. */
const scrambled =
  (seed: number) =>
  (told: readonly number[]): Odds => {
    let state = told.reduce((sum, token) => Math.imul(sum, 31) + token + 1, seed);
    const next = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return 0.05 + state / 2 ** 32;
    };
    return [next(), next(), next()];
  };

/** The likeliest of all texts with up to `most` tokens: by going through them. */
function likeliestOfAll(odds: (told: readonly number[]) => Odds, most: number): LikelyText {
  let best: LikelyText = { tokens: [], repeats: false, logProbability: -Infinity };
  const visit = (tokens: readonly number[], logProbability: number): void => {
    const all = odds(tokens);
    const sum = all.reduce((x, y) => x + y);
    for (const [token, share] of all.entries()) {
      const text = logProbability + Math.log(share / sum);
      const longer = token === end ? tokens : [...tokens, token];
      const isWhole = token === end || longer.length === most;
      if (!isWhole) visit(longer, text);
      else if (text > best.logProbability)
        best = { tokens: longer, repeats: false, logProbability: text };
    }
  };
  visit([], 0);
  return best;
}

describe('the likeliest text', () => {
  test('with one draft is made of the likeliest token each time', async () => {
    const text = await likeliestText(new Storyteller(garden), search());
    expect(text.tokens).toEqual([a, a, a]);
    expect(text.logProbability).toBeCloseTo(Math.log(0.5 * 0.49 * 0.49 * 0.98), 5);
  });

  test('with two drafts is found behind a token that is not the likeliest', async () => {
    const text = await likeliestText(new Storyteller(garden), search({ width: 2 }));
    expect(text.tokens).toEqual([b, a, a]);
    expect(text.logProbability).toBeCloseTo(Math.log(0.45 * 0.98 * 0.98 * 0.98), 5);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'with drafts enough is that of all texts, seed %i',
    async (seed) => {
      const model = new Storyteller(scrambled(seed));
      const text = await likeliestText(model, search({ width: vocabulary ** 4, most: 4 }));
      const best = likeliestOfAll(scrambled(seed), 4);
      expect(text.tokens).toEqual(best.tokens);
      expect(text.logProbability).toBeCloseTo(best.logProbability, 5);
    },
  );

  test('is not searched for where no draft can overtake it any more', async () => {
    const model = new Storyteller(() => [0.6, 0.2, 0.2]);
    expect(await likeliestText(model, search({ width: 2 }))).toMatchObject({ tokens: [] });
    expect(model.asked).toBe(1);
  });

  test('asks for no more drafts than it is wide, at each token', async () => {
    const model = new Storyteller((told) => [0.01, 0.6, told.length % 2 === 0 ? 0.4 : 0.3]);
    await likeliestText(model, search({ width: 2, most: 5 }));
    expect(model.asked).toBe(1 + 2 * 4);
  });

  test('is never empty where text is expected', async () => {
    const model = new Storyteller((told) => (told.length === 0 ? [0.8, 0.15, 0.05] : [1, 0, 0]));
    const text = await likeliestText(model, search({ width: 2, expectText: true }));
    expect(text.tokens).toEqual([a]);
  });

  test('ends with the most tokens that it may have', async () => {
    const model = new Storyteller(() => [0.1, 0.2, 0.7]);
    expect((await likeliestText(model, search({ most: 3 }))).tokens).toEqual([b, b, b]);
    expect((await likeliestText(model, search({ most: 0 }))).tokens).toEqual([]);
  });

  test('is cut where it goes round in circles', async () => {
    const model = new Storyteller(() => [0.1, 0.2, 0.7]);
    const text = await likeliestText(model, search({ most: 100 }));
    expect(text).toMatchObject({ tokens: [b], repeats: true });
  });

  test('is given up between two tokens when its signal aborts', async () => {
    const stop = new AbortController();
    const model = new Storyteller(() => [0.1, 0.2, 0.7]);
    const breathe = (): Promise<void> => {
      if (model.asked === 2) stop.abort(new Error('enough'));
      return Promise.resolve();
    };
    const going = likeliestText(model, search({ breathe, signal: stop.signal }));
    await expect(going).rejects.toThrow('enough');
    expect(model.asked).toBe(2);
  });
});

describe('the likeliest tokens', () => {
  const logits = Float32Array.of(1, 900, 899, 898, -Infinity);

  test('come likeliest first, with the logarithms of their probabilities', () => {
    const sum = Math.log(1 + Math.exp(-1) + Math.exp(-2));
    const tokens = likeliestTokens(logits, 2, undefined);
    expect(tokens.map(({ token }) => token)).toEqual([1, 2]);
    expect(tokens[0]?.logProbability).toBeCloseTo(-sum, 6);
    expect(tokens[1]?.logProbability).toBeCloseTo(-1 - sum, 6);
  });

  test('leave out what is forbidden, which keeps its share', () => {
    const [first] = likeliestTokens(logits, 1, 1);
    const [, second] = likeliestTokens(logits, 2, undefined);
    expect(first).toEqual(second);
  });

  test('are in the order of the vocabulary where they are alike', () => {
    const tokens = likeliestTokens(Float32Array.of(0, 3, 3, 3), 2, undefined);
    expect(tokens.map(({ token }) => token)).toEqual([1, 2]);
  });
});
