import { likeliestTokens } from './likeliest-tokens.ts';
import { repetitionStart } from './repetition.ts';

/** What a model expects after a token, and what it has to remember for the next. */
export interface Expectation<Memory> {
  readonly logits: Float32Array;
  readonly memory: Memory;
}

/** A model that gives a text token by token. */
export interface TextModel<Memory> {
  readonly endToken: number;
  /** What it remembers before the first token. */
  readonly memory: Memory;
  /** @param last Undefined before the first token. The memory that it is given stays as it is. */
  expect(memory: Memory, last: number | undefined): Promise<Expectation<Memory>>;
}

/** How to search. */
export interface TextSearch {
  /** How many beginnings are followed at once; with one the likeliest token is taken each time. */
  readonly width: number;
  /** Most tokens of a text. */
  readonly most: number;
  /** Whether there must be a token. */
  readonly expectText: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Awaited between two tokens. */
  readonly breathe?: (() => Promise<void>) | undefined;
}

/** A text, as tokens. */
export interface LikelyText {
  readonly tokens: readonly number[];
  /** Whether it had begun to go round in circles and was cut there. */
  readonly repeats: boolean;
  /** Natural logarithm of its probability, its end and what was cut included. */
  readonly logProbability: number;
}

/** The beginning of a text. */
interface Draft<Memory> extends LikelyText {
  readonly memory: Memory;
}

/** A draft with one token more. */
interface Continuation<Memory> extends Draft<Memory> {
  readonly isWhole: boolean;
}

/**
 * The likeliest text that a beam search finds. Texts count by their whole probability, which falls with
 * every token: once no draft is likelier than a whole text, none can become so (Huang, Zhao and Ma 2017,
 * "When to Finish? Optimal Beam Search for Neural Text Generation", section 3).
 *
 * @throws The signal's reason when it aborts.
 */
export async function likeliestText<Memory>(
  model: TextModel<Memory>,
  search: TextSearch,
): Promise<LikelyText> {
  let whole: LikelyText = { tokens: [], repeats: false, logProbability: -Infinity };
  let drafts: Draft<Memory>[] = [
    { tokens: [], repeats: false, logProbability: 0, memory: model.memory },
  ];
  for (let length = 0; length < search.most; length += 1) {
    const next = await continuations(model, search, drafts);
    whole = next.filter(({ isWhole }) => isWhole).reduce(likelier, whole);
    drafts = next.filter(({ isWhole }) => !isWhole);
    // They come likeliest first.
    if (whole.logProbability >= (drafts[0]?.logProbability ?? -Infinity)) break;
    await search.breathe?.();
  }
  const { tokens, repeats, logProbability } = drafts.reduce(likelier, whole);
  return { tokens, repeats, logProbability };
}

/** The likelier of two. */
export function likelier(one: LikelyText, other: LikelyText): LikelyText {
  return other.logProbability > one.logProbability ? other : one;
}

async function continuations<Memory>(
  model: TextModel<Memory>,
  search: TextSearch,
  drafts: readonly Draft<Memory>[],
): Promise<Continuation<Memory>[]> {
  const all: Continuation<Memory>[] = [];
  for (const draft of drafts) {
    search.signal?.throwIfAborted();
    const { logits, memory } = await model.expect(draft.memory, draft.tokens.at(-1));
    const mustGoOn = search.expectText && draft.tokens.length === 0;
    const choices = likeliestTokens(logits, search.width, mustGoOn ? model.endToken : undefined);
    for (const { token, logProbability } of choices) {
      const text = withToken(draft.tokens, token, model.endToken);
      all.push({ ...text, logProbability: draft.logProbability + logProbability, memory });
    }
  }
  return all.toSorted((a, b) => b.logProbability - a.logProbability).slice(0, search.width);
}

function withToken(
  tokens: readonly number[],
  token: number,
  endToken: number,
): Pick<Continuation<never>, 'tokens' | 'repeats' | 'isWhole'> {
  if (token === endToken) return { tokens, repeats: false, isWhole: true };
  const longer = [...tokens, token];
  const circle = repetitionStart(longer);
  const repeats = circle !== undefined;
  return { tokens: longer.slice(0, circle), repeats, isWhole: repeats };
}
