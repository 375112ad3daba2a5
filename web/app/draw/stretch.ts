import { findTrigger } from './trigger.ts';
import { spanFrames, triggeredMs } from './zoom.ts';

/** The stretch of the stream that one picture shows. */
export interface Stretch {
  /** Frame at the left edge; may have a fraction. */
  readonly startFrame: number;
  readonly frames: number;
  /** Whether it begins at a zero crossing, so that a periodic signal stands still. */
  readonly triggered: boolean;
}

// Slower tones than this do not stand still: looking further back would show old sound.
const lowestTriggerHz = 20;

/**
 * Chooses what to show.
 *
 * @param samples The newest frames of the stream.
 * @param endFrame Frame after the last of them.
 * @param spanMs Infinity: all of them.
 */
export function chooseStretch(
  samples: Float32Array,
  endFrame: number,
  sampleRateHz: number,
  spanMs: number,
): Stretch {
  const frames = spanFrames(spanMs, sampleRateHz, samples.length);
  // One frame more than the span, because a crossing lies between two frames.
  const newest = samples.length - frames - 1;
  if (spanMs > triggeredMs || newest < 1) {
    return { startFrame: endFrame - frames, frames, triggered: false };
  }
  const reach = Math.ceil(sampleRateHz / lowestTriggerHz);
  const start = findTrigger(samples, Math.max(1, newest - reach), newest);
  return { startFrame: endFrame - samples.length + start, frames, triggered: true };
}
