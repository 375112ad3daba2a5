/** When to try again. */
export interface BackOffTimes {
  /** Longest wait before the second try. */
  readonly firstMs: number;
  /** Longest wait of all. */
  readonly mostMs: number;
}

/** A dropped link is back at once; a server that restarts needs seconds, and so does a taken mount. */
export const usualBackOff: BackOffTimes = { firstMs: 500, mostMs: 10_000 };

/**
 * The wait doubles with each try. Half of it is chance, so that many studios do not come back at once.
 *
 * @param failures Tries that failed in a row, from 1.
 * @param chance From 0 to 1.
 */
export function backOffMs(
  { firstMs, mostMs }: BackOffTimes,
  failures: number,
  chance: number,
): number {
  const longestMs = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return longestMs * (1 - chance / 2);
}
