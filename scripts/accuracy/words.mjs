// @ts-check
// What a run says to whoever watches it.

/** @typedef {{ p50: number, p95: number, max: number }} Spread */
/** @typedef {{ title: string, missed: number, rmsToBound: number, all: { cents: Spread } }} Estimator */
/** @typedef {{ title: string, points: readonly unknown[], estimators: readonly Estimator[] }} SweepSummary */
/** @typedef {{ text: string, limit: number, value: number, met: boolean }} Bar */

/** @param {number} value */
const figure = (value) => value.toExponential(2);

/** @param {Estimator} estimator */
function estimatorLine({ title, missed, rmsToBound, all }) {
  const { p50, p95, max } = all.cents;
  const lost = missed === 0 ? '' : `, ${missed} missed`;
  const cents = `p50 ${figure(p50)}, p95 ${figure(p95)}, max ${figure(max)} cents`;
  return `  ${title}: ${cents}, RMS ${rmsToBound.toPrecision(3)} times the bound${lost}`;
}

/**
 * @param {SweepSummary} sweep
 * @returns {string[]}
 */
export function sweepLines({ title, points, estimators }) {
  return [`${title}, ${points.length} frequencies`, ...estimators.map(estimatorLine)];
}

/**
 * @param {Bar} bar
 * @returns {string}
 */
export function barLine({ text, limit, value, met }) {
  return `${met ? 'met   ' : 'MISSED'}  ${text}: ${value.toPrecision(3)} (bar ${limit})`;
}
