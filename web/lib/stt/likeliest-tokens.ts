/** A token and how likely it is. */
export interface Choice {
  readonly token: number;
  /** Natural logarithm of its probability among all tokens. */
  readonly logProbability: number;
}

/** A token this much less likely than the best, e^-20, adds nothing that counts. */
const negligible = 20;

/**
 * The likeliest tokens, likeliest first.
 *
 * @param forbidden Is passed over; the probabilities are those of a choice among all.
 */
export function likeliestTokens(
  logits: Float32Array,
  count: number,
  forbidden: number | undefined,
): Choice[] {
  const best: { token: number; logit: number }[] = [];
  let least = -Infinity;
  // An iterator over all 32 000 would cost as much as a layer of the model.
  for (let token = 0; token < logits.length; token += 1) {
    const logit = logits[token] ?? -Infinity;
    if (logit <= least || token === forbidden) continue;
    const place = best.findIndex((other) => logit > other.logit);
    best.splice(place < 0 ? best.length : place, 0, { token, logit });
    best.length = Math.min(best.length, count);
    if (best.length === count) least = best.at(-1)?.logit ?? -Infinity;
  }
  const all = logOfSum(logits, best[0]?.logit ?? 0);
  return best.map(({ token, logit }) => ({ token, logProbability: logit - all }));
}

/** Of their exponentials; without one that is large put before them they would overflow. */
function logOfSum(logits: Float32Array, large: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i += 1) {
    const above = (logits[i] ?? -Infinity) - large;
    if (above > -negligible) sum += Math.exp(above);
  }
  return large + Math.log(sum);
}
