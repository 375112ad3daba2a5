// @ts-check
// The calibration load and the sentinel: what the machine did beside a measurement.
import fs from 'node:fs';
import os from 'node:os';

/** @typedef {import('./record.mjs').Load} Load */

const PASSES = 400;
const SAMPLES = 4096;
const REPEATS = 15;

/** A fixed piece of arithmetic, some milliseconds long. */
function work() {
  const line = new Float64Array(SAMPLES);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let i = 0; i < SAMPLES; i += 1) line[i] = 0.999 * (line[i] ?? 0) + 1 / (1 + i + pass);
  }
  return line[SAMPLES - 1] ?? 0;
}

/** @returns {number[]} milliseconds of each repeat */
export function calibrate() {
  // The first ones are before the optimiser.
  for (let i = 0; i < 3; i += 1) work();
  return Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

/**
 * Ticks of all cores since the machine started: together, idle, taken by other guests.
 * @typedef {{ all: number, idle: number, steal: number }} Ticks
 */

/** @returns {Ticks | null} null where the system does not tell */
function ticks() {
  if (!fs.existsSync('/proc/stat')) return null;
  const [line = ''] = fs.readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const all = user + nice + system + idle + wait + irq + soft + steal;
  return { all, idle: idle + wait, steal };
}

/** Watches the machine from its making to `end()`. */
export class LoadWatch {
  /** @readonly */
  #calibrationMs = calibrate();
  /** @readonly */
  #before = ticks();

  /**
   * @param {number | null} ownTicks that the measured programs took in between; null: not known
   * @returns {Load}
   */
  end(ownTicks) {
    const after = ticks();
    const calibrationMs = [...this.#calibrationMs, ...calibrate()];
    const cores = os.availableParallelism();
    if (after === null || this.#before === null) {
      return { calibrationMs, stealShare: null, otherShare: null, cores };
    }
    const all = Math.max(1, after.all - this.#before.all);
    const steal = after.steal - this.#before.steal;
    const busy = all - (after.idle - this.#before.idle) - steal;
    const other = ownTicks === null ? null : Math.max(0, busy - ownTicks) / all;
    return { calibrationMs, stealShare: steal / all, otherShare: other, cores };
  }
}

/** Slow repeats of the calibration to fast ones: a quiet machine stays well below. */
const MAX_SPREAD = 1.35;
const MAX_STEAL_SHARE = 0.02;
/** Of all cores. The programs that measure take part of it themselves. */
const MAX_OTHER_SHARE = 0.25;

/**
 * @param {readonly number[]} sorted ascending
 * @param {number} share
 */
const at = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** @param {Load} load */
export const calibrationOf = ({ calibrationMs }) =>
  at(
    calibrationMs.toSorted((a, b) => a - b),
    0.5,
  );

/**
 * Why a measurement says nothing.
 * @param {Load} load
 * @returns {string[]} none: it counts
 */
export function disturbances({ calibrationMs, stealShare, otherShare }) {
  const sorted = calibrationMs.toSorted((a, b) => a - b);
  const spread = at(sorted, 0.8) / at(sorted, 0.1);
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
  return [
    ...(spread > MAX_SPREAD
      ? [`the calibration load took ${spread.toFixed(2)} times as long at times`]
      : []),
    ...(stealShare !== null && stealShare > MAX_STEAL_SHARE
      ? [`other guests took ${percent(stealShare)} of the processors`]
      : []),
    ...(otherShare !== null && otherShare > MAX_OTHER_SHARE
      ? [`other programs took ${percent(otherShare)} of the processors`]
      : []),
  ];
}
