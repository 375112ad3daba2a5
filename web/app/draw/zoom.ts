/** How much of the signal the waveform shows. */

/** Spans on offer, in milliseconds; the last stands for all that the scope can hand out. */
export const spansMs: readonly number[] = [2, 5, 10, 20, 50, 100, 200, Infinity];

/** Full scales on offer: the amplitude at the panel's edge, as a fraction of full scale. */
export const fullScales: readonly [number, ...number[]] = [1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01];

/** At this span and below, the trace waits for a rising zero crossing and stands still. */
export const triggeredMs = 50;

/** Frames of a span, at most `mostFrames`. */
export function spanFrames(spanMs: number, sampleRateHz: number, mostFrames: number): number {
  return Math.max(2, Math.min(mostFrames, Math.round((spanMs / 1000) * sampleRateHz)));
}

/** The next wider (+1) or narrower (-1) entry of a list, or the same at its end. */
export function nextStep(list: readonly number[], current: number, direction: 1 | -1): number {
  return list[list.indexOf(current) + direction] ?? current;
}
