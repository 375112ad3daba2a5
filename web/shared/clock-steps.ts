/** What steps a clock has, found out by reading it. */

/** How a clock advances. */
export interface ClockSteps {
  /** From one reading to the next larger one, in nanoseconds. */
  readonly stepNs: number;
  /** Whether the browser moves each step at random, against timing attacks. */
  readonly jittered: boolean;
}

// Enough to tell their kind, within a fraction of a millisecond where they are short.
const stepsToSee = 32;
// A clock whose steps are longer than this measures no quantum.
const longestStepNs = 200_000;
const maxReadings = 100_000;
// What a step differs from the median by, at least, to count as moved.
const movedBy = 0.25;
const movedShare = 0.35;

/**
 * Reads a clock until it has stepped often enough. Null when its steps are too long to be of use.
 *
 * @param readNs Nanoseconds since any moment.
 */
export function watchSteps(readNs: () => number): ClockSteps | null {
  const runs: number[] = [];
  let shortestNs = Infinity;
  let lastNs = readNs();
  for (let run = 1, reading = 0; reading < maxReadings; run += 1, reading += 1) {
    const stepNs = readNs() - lastNs;
    if (stepNs === 0) continue;
    lastNs += stepNs;
    if (stepNs > 0) shortestNs = Math.min(shortestNs, stepNs);
    runs.push(run);
    run = 0;
    if (shortestNs > longestStepNs) return null;
    if (runs.length === stepsToSee) {
      return { stepNs: Math.round(shortestNs), jittered: areMoved(runs) };
    }
  }
  return null;
}

/**
 * Whether steps come at random times: then their distances, in readings, are spread over 0 to twice
 * the step. Steps that are not moved are equally long but for what disturbs the thread.
 */
function areMoved(runs: readonly number[]): boolean {
  const median = runs.toSorted((a, b) => a - b)[runs.length >> 1] ?? 1;
  const moved = runs.filter((run) => Math.abs(run / median - 1) > movedBy);
  return moved.length > movedShare * runs.length;
}
