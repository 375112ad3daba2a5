/** Steps that people count in. */
const steps = [1, 2, 5];

/**
 * The smallest step of 1, 2 or 5 times a power of ten that cuts the span into at most `most` parts.
 *
 * @param span Above 0.
 */
export function niceStep(span: number, most: number): number {
  const decade = 10 ** Math.floor(Math.log10(span / most));
  const step = steps.find((factor) => (factor * decade * most) / span > 1 - 1e-9) ?? 10;
  return step * decade;
}

/** Multiples of the step from `from` to `to`, both ends included. */
export function ticks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  // Multiplied, not added up, and without a negative zero.
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step + 0);
}
