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

// Windows are seen at the screen's pace: late by up to a picture, each by another amount.
const clockShare = 0.05;
const clockJumpSec = 0.1;

/** The audio clock as the stripes go by it: steady, though windows are seen a little late. */
export class StrobeClock {
  /** The page's clock less the audio clock, as windows are seen. */
  #offsetSec: number | null = null;

  /** Takes the time at which a window was seen. */
  see(centreSec: number, nowMs: number): void {
    const offsetSec = nowMs / 1000 - centreSec;
    const before = this.#offsetSec;
    const jumped = before === null || Math.abs(offsetSec - before) > clockJumpSec;
    this.#offsetSec = jumped ? offsetSec : before + (offsetSec - before) * clockShare;
  }

  /** Seconds from a window's centre to what is to be shown now. */
  after(centreSec: number, nowMs: number): number {
    return nowMs / 1000 - centreSec - (this.#offsetSec ?? 0);
  }
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
