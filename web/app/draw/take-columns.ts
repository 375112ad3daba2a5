/** A recording's overview, folded into the columns of a screen. */
import type { WaveOverview } from '../model/record-desk.ts';

/** The lowest and the highest sample of a stretch of frames; null: nothing is known of it. */
export function rangeOf(
  { framesPerColumn, minima, maxima }: WaveOverview,
  fromFrame: number,
  toFrame: number,
): readonly [low: number, high: number] | null {
  const first = Math.max(0, Math.floor(fromFrame / framesPerColumn));
  const end = Math.min(minima.length, Math.max(first + 1, Math.ceil(toFrame / framesPerColumn)));
  if (first >= end) return null;
  let [lowest, highest] = [Infinity, -Infinity];
  for (let column = first; column < end; column += 1) {
    lowest = Math.min(lowest, minima[column] ?? 0);
    highest = Math.max(highest, maxima[column] ?? 0);
  }
  return [lowest, highest];
}

/** The overview as it is now, looked up once. */
export function asItIs({ framesPerColumn, minima, maxima }: WaveOverview): WaveOverview {
  return { framesPerColumn, minima, maxima };
}

/** Shortest span of a growing overview: less would race over the screen. */
const leastSec = 30;

/** How much time a growing overview shows: it doubles when it is full, so that it seldom jumps. */
export function shownSpanSec(seconds: number): number {
  let span = leastSec;
  while (span < seconds) span *= 2;
  return span;
}

/** The outline of a whole take, as the path of an SVG of this width and of 2 units' height. */
export function outlinePath(growing: WaveOverview, frames: number, width: number): string {
  const overview = asItIs(growing);
  const points = Array.from({ length: width }, (_, x) => {
    const at = (column: number): number => (column * frames) / width;
    return rangeOf(overview, at(x), at(x + 1)) ?? [0, 0];
  });
  const place = (x: number, sample: number): string =>
    `${x},${(1 - Math.max(-1, Math.min(1, sample))).toFixed(3)}`;
  const upper = points.map(([, high], x) => place(x, high));
  const lower = points.map(([low], x) => place(x, low)).toReversed();
  return `M${[...upper, ...lower].join('L')}Z`;
}
