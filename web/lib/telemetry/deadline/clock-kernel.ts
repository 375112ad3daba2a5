/**
 * What a clock of coarse steps makes of a duration, as a count of steps. The phase of the steps at the
 * beginning is taken as uniform: nothing ties the quanta to the clock.
 */

/**
 * Probability that a duration reads as `ticks` steps.
 *
 * Steps at equal distances round a duration of d steps up or down, up with the probability of its
 * fraction: a triangle on d - 1 to d + 1 (B. Widrow and I. Kollár, "Quantization Noise", 2008, on
 * dithered rounding). Steps that are each moved at random within their place, as Chromium does
 * against timing attacks, add one such triangle for each end: a cubic B-spline on d - 2 to d + 2.
 *
 * @param duration In steps, from 0 on.
 */
export function readingShare(duration: number, ticks: number, jittered: boolean): number {
  if (!jittered) return Math.max(0, 1 - Math.abs(duration - ticks));
  return duration < 1 ? withinTwoSteps(duration, ticks) : cubicSpline(duration - ticks);
}

/** Steps by which a reading may be off. */
export function readingReach(jittered: boolean): number {
  return jittered ? 2 : 1;
}

function cubicSpline(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  return x < 1 ? 2 / 3 - x * x * (1 - x / 2) : (2 - x) ** 3 / 6;
}

// Both ends may lie in the place of one step, which is moved once: no reading is negative.
function withinTwoSteps(duration: number, ticks: number): number {
  const cubed = duration ** 3 / 6;
  if (ticks === 0) return 1 - duration + cubed;
  if (ticks === 1) return duration - 2 * cubed;
  return ticks === 2 ? cubed : 0;
}
