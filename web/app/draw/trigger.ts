// Noise round zero is no crossing: the trace has to come from this share of the peak below zero.
const armingShare = 0.1;

/**
 * Finds the newest rising zero crossing, so that a periodic signal stands still on the screen.
 *
 * @param samples Newest last.
 * @param first Lowest index that the crossing may have, at least 1.
 * @param last Highest index that it may have.
 * @returns The index with its fraction, by a straight line between the two samples; `last` when there
 *   is none.
 */
export function findTrigger(samples: Float32Array, first: number, last: number): number {
  const arming = -armingShare * peakOf(samples, first, last);
  let crossing = -1;
  for (let index = last; index >= first; index -= 1) {
    const before = samples[index - 1] ?? 0;
    const after = samples[index] ?? 0;
    if (before < 0 && after >= 0) crossing = index - 1 + before / (before - after);
    if (crossing >= 0 && before <= arming) return crossing;
    if (before >= 0) crossing = -1;
  }
  return last;
}

function peakOf(samples: Float32Array, first: number, last: number): number {
  let peak = 0;
  for (let index = first; index <= last; index += 1) {
    peak = Math.max(peak, Math.abs(samples[index] ?? 0));
  }
  return peak;
}
