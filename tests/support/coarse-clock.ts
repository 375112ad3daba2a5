/** A clock as browsers make them: what it reads for a duration that begins at any moment. */
export interface CoarseClock {
  readonly stepNs: number;
  /** Whether each step is moved at random within its place. */
  readonly jittered: boolean;
}

/** @returns What the clock reads, in nanoseconds: a whole number of steps. */
export function readCoarse(ns: number, clock: CoarseClock, random: () => number): number {
  const phase = random();
  const end = phase + ns / clock.stepNs;
  const place = Math.floor(end);
  if (!clock.jittered) return place * clock.stepNs;
  const first = random();
  const last = place === 0 ? first : random();
  return (place + Number(end - place >= last) - Number(phase >= first)) * clock.stepNs;
}
