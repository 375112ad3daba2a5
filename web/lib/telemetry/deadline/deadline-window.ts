import { bucketBeginNs, type DeadlineCounts } from '../../../shared/deadline-view.ts';

type Words = DeadlineCounts['words'];

const counters = [
  'quanta',
  'measured',
  'refused',
  'overBudget',
  'sumNs',
  'dateQuanta',
  'dateSumMs',
  'dateSquareMs',
] as const satisfies readonly (keyof Words)[];

/**
 * What was counted between two moments: all of it when the earlier one is of another clock, whose
 * counts were thrown away, or of another engine.
 */
export function windowOf(
  later: DeadlineCounts,
  earlier: DeadlineCounts | undefined,
): DeadlineCounts {
  if (earlier === undefined || !continues(later, earlier)) return later;
  const words: Record<keyof Words, number> = { ...later.words };
  for (const name of counters) words[name] -= earlier.words[name];
  const buckets = later.buckets.map((count, i) => count - (earlier.buckets[i] ?? 0));
  const last = buckets.findLastIndex((count) => count > 0);
  words.maxNs = Math.min(words.maxNs, bucketBeginNs(last + 1));
  return { words, buckets };
}

function continues({ words: later }: DeadlineCounts, { words: earlier }: DeadlineCounts): boolean {
  const sameClock = later.clock === earlier.clock && later.stepNs === earlier.stepNs;
  return sameClock && counters.every((name) => later[name] >= earlier[name]);
}
