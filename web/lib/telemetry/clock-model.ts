/**
 * How the audio clock runs against the page's clock: a straight line through pairs of times, by least
 * squares with exponential forgetting.
 *
 * A machine that stalls makes the browser's own clock step. A step is no drift: it is found by its
 * size, reported with its length, and taken out of the line, which goes on with its slope. A reading
 * that is off alone is no step: the browser was late with the one, and the next is on the line again.
 */

/** A jump of the audio clock against the page's clock. */
export interface ClockStep {
  /** Where, on the audio clock. */
  readonly audioSec: number;
  /** Positive: the audio clock fell behind by this much. */
  readonly lengthMs: number;
}

/** Rate of the audio clock against the page's clock. */
export interface ClockDrift {
  /** Parts per million; positive: the audio clock is fast. */
  readonly ppm: number;
  /** Half width of the 95 % confidence interval. */
  readonly ppmConfidence: number;
}

// Between steps, readings lie within some hundredths of a millisecond of the line, on a busy machine too.
const stepMs = 0.1;
// While the slope is unknown, it may be as large as any device's.
const maxDriftMsPerSec = 0.5;
const memorySec = 120;
// A slope needs some readings and some length before it means anything.
const minReadings = 8;
const normal95 = 1.96;

/** Fed with `AudioContext.getOutputTimestamp()` a few times a second. */
export class ClockModel {
  /** The steps so far, oldest first; the newest `maxSteps` of them. */
  readonly steps: ClockStep[] = [];
  /** Sum of all steps. */
  stepsMs = 0;
  readonly #maxSteps: number;
  #readings = 0;
  #weight = 0;
  #weightSquared = 0;
  #meanX = 0;
  #meanY = 0;
  #sumXX = 0;
  #sumXY = 0;
  #sumYY = 0;
  #lastX = 0;
  #residualMs = 0;
  #heldMs = 0;
  #isHeld = false;
  /** The last reading, as long as it is not known whether it is a step or was late. */
  #suspect: ClockStep | null = null;

  /** @param maxSteps How many steps are kept one by one. */
  constructor(maxSteps = 100) {
    this.#maxSteps = maxSteps;
  }

  /**
   * Takes a reading.
   *
   * @param audioSec Time on the audio clock.
   * @param wallMs The same moment on the page's clock (`performance.now()`).
   */
  update(audioSec: number, wallMs: number): void {
    if (this.#readings > 0 && audioSec <= this.#lastX) return;
    const deviationMs = this.#readings === 0 ? 0 : wallMs - this.toWallMs(audioSec);
    if (this.#isHeld) this.#heldMs += deviationMs;
    else if (this.#isOnLine(audioSec, deviationMs)) this.#residualMs = deviationMs;
    else if (!this.#takeStep(audioSec, deviationMs)) return;
    this.#isHeld = false;
    this.#suspect = null;
    this.#add(audioSec, (wallMs - this.stepsMs - this.#heldMs) / 1000 - audioSec);
  }

  /** The audio clock was held on purpose: how far the next reading is off, is no step. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The page's clock, in milliseconds, at a moment of the audio clock. */
  toWallMs(audioSec: number): number {
    const deviation = this.#meanY + this.#slope * (audioSec - this.#meanX);
    return (audioSec + deviation) * 1000 + this.stepsMs + this.#heldMs;
  }

  /** How far the last reading lay from the line before it, in milliseconds. */
  get residualMs(): number {
    return this.#residualMs;
  }

  /** The drift; null until there are enough readings. */
  get drift(): ClockDrift | null {
    if (this.#readings < minReadings || this.#sumXX === 0) return null;
    const power = Math.max(0, this.#sumYY - this.#slope * this.#sumXY);
    // Kish's effective number of readings under the weights.
    const effective = this.#weight ** 2 / this.#weightSquared;
    const variance = power / this.#weight / Math.max(1, effective - 2);
    const deviation = Math.sqrt(variance / (this.#sumXX / this.#weight));
    // More wall time per audio second: the audio clock is slow.
    return { ppm: -this.#slope * 1e6, ppmConfidence: normal95 * deviation * 1e6 };
  }

  get #slope(): number {
    return this.#readings < minReadings || this.#sumXX === 0 ? 0 : this.#sumXY / this.#sumXX;
  }

  #isOnLine(audioSec: number, deviationMs: number): boolean {
    const unknownMs =
      this.#readings < minReadings ? maxDriftMsPerSec * (audioSec - this.#meanX) : 0;
    return Math.abs(deviationMs) <= stepMs + unknownMs;
  }

  // Two readings in a row that are off the same way are a step. Either may be late besides, never
  // early, so it is the lesser one that tells the length. Returns whether the newer one is on the line
  // then; if not, another step may follow, or it was late.
  #takeStep(audioSec: number, deviationMs: number): boolean {
    const suspect = this.#suspect;
    this.#suspect = { audioSec, lengthMs: deviationMs };
    if (suspect === null || suspect.lengthMs > 0 !== deviationMs > 0) return false;
    const lengthMs = Math.min(suspect.lengthMs, deviationMs);
    this.#addStep(suspect.audioSec, lengthMs);
    this.#suspect = { audioSec, lengthMs: deviationMs - lengthMs };
    return this.#isOnLine(audioSec, deviationMs - lengthMs);
  }

  #addStep(audioSec: number, lengthMs: number): void {
    this.stepsMs += lengthMs;
    this.steps.push({ audioSec, lengthMs });
    if (this.steps.length > this.#maxSteps) this.steps.shift();
  }

  // Weighted means and co-moments, updated as by D. H. D. West, "Updating mean and variance
  // estimates: an improved method", CACM 22 (1979).
  #add(x: number, y: number): void {
    const keep = this.#readings === 0 ? 0 : Math.exp(-(x - this.#lastX) / memorySec);
    this.#weight = this.#weight * keep + 1;
    this.#weightSquared = this.#weightSquared * keep ** 2 + 1;
    const [dx, dy] = [x - this.#meanX, y - this.#meanY];
    this.#meanX += dx / this.#weight;
    this.#meanY += dy / this.#weight;
    const share = 1 - 1 / this.#weight;
    this.#sumXX = this.#sumXX * keep + share * dx * dx;
    this.#sumXY = this.#sumXY * keep + share * dx * dy;
    this.#sumYY = this.#sumYY * keep + share * dy * dy;
    this.#lastX = x;
    this.#readings += 1;
  }
}
