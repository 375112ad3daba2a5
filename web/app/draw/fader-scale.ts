/** The fader's law: most of its way for the levels that people mix at, the rest for fading out. */

// Decibels and where they stand on the fader, 0 at its foot.
const points = [
  [-100, 0],
  [-60, 0.1],
  [-40, 0.22],
  [-20, 0.45],
  [0, 0.75],
  [12, 0.9],
  [24, 1],
] as const;

/** Gains that the scale names. */
export const faderMarksDb = [-60, -40, -20, 0, 12, 24] as const;

/** The fader's foot: shut. */
export const faderShutDb: number = points[0][0];

type Pair = readonly [from: number, to: number];

/** Where a gain stands on the fader, 0 to 1. */
export function faderPosition(db: number): number {
  return interpolate(points, db);
}

/** The gain at a place on the fader, in tenths of a decibel. */
export function faderDb(position: number): number {
  const db = interpolate(
    points.map(([gainDb, at]) => [at, gainDb]),
    position,
  );
  return Math.round(db * 10) / 10;
}

function interpolate(pairs: readonly Pair[], value: number): number {
  const [first = [0, 0], ...rest] = pairs;
  let [lowFrom, lowTo] = first;
  if (value <= lowFrom) return lowTo;
  for (const [from, to] of rest) {
    if (value <= from) return lowTo + ((value - lowFrom) / (from - lowFrom)) * (to - lowTo);
    [lowFrom, lowTo] = [from, to];
  }
  return lowTo;
}
