/** Where the stripes of a strobe stand. */

/** A partial as one window saw it. */
export interface StrobePartial {
  readonly frequencyHz: number;
  /** Of a cosine at the window's centre. */
  readonly phase: number;
  readonly harmonic: number;
}

const turn = 2 * Math.PI;

/**
 * How far a band's stripes have moved, in stripes from 0 to 1: the partial's phase seen from a wheel
 * that turns at exactly the target's harmonic. A partial that is sharp by 1 Hz moves by one stripe a
 * second.
 *
 * @param centreSec The window's centre on the audio clock.
 * @param afterSec Time since then, over which the partial is taken to go on as it was.
 */
export function strobeShift(
  { frequencyHz, phase, harmonic }: StrobePartial,
  targetHz: number,
  centreSec: number,
  afterSec: number,
): number {
  const wheelHz = targetHz * harmonic;
  const drift = (frequencyHz - wheelHz) * afterSec;
  // Whole turns go first: what is left of them is all that a double could lose.
  const wheel = fraction(wheelHz * centreSec);
  return fraction(phase / turn - wheel + drift);
}

// Faster than this the eye, and the screen, see no direction any more.
const blurredHz = 12;

/** How plainly the stripes are seen, 1 to 0: a fast strobe is a grey. */
export function strobeContrast({ frequencyHz, harmonic }: StrobePartial, targetHz: number): number {
  return Math.max(0, 1 - Math.abs(frequencyHz - targetHz * harmonic) / blurredHz);
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
