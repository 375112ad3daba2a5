// @ts-check
// Where the time of the quanta went.

/** @typedef {import('./wasm-replay.ts').Outcome} Outcome */

/**
 * Microseconds.
 * @typedef {{ mean: number, p50: number, p95: number, p99: number, max: number }} Spread
 */

const rounded = (/** @type {number} */ ns) => Math.round(ns / 10) / 100;

/**
 * @param {readonly number[]} ns
 * @returns {Spread}
 */
export function spreadOf(ns) {
  const sorted = [...ns].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  const mean = rounded(sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length));
  return { mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

const sum = (/** @type {readonly number[]} */ values) => values.reduce((a, b) => a + b, 0);

/**
 * @param {readonly Outcome[]} outcomes
 * @param {readonly string[]} stages
 */
export function costOf(outcomes, stages) {
  const whole = outcomes.filter(({ failure }) => failure === '');
  const ofStage = (/** @type {number} */ i) =>
    spreadOf(whole.map(({ stageNs }) => stageNs[i] ?? 0));
  return {
    quantumUs: spreadOf(whole.map(({ stageNs }) => sum(stageNs))),
    stagesUs: Object.fromEntries(stages.map((name, i) => [name, ofStage(i)])),
  };
}

/**
 * The dearest quanta, the dearest first.
 * @param {readonly Outcome[]} outcomes
 * @param {readonly import('../../../web/shared/flight-log.ts').FlightQuantum[]} quanta
 * @param {readonly string[]} stages
 * @param {number} count
 */
export function dearest(outcomes, quanta, stages, count) {
  return outcomes
    .map(({ stageNs }, quantum) => ({ quantum, total: sum(stageNs), stageNs }))
    .sort((a, b) => b.total - a.total)
    .slice(0, count)
    .map(({ quantum, total, stageNs }) => ({
      quantum,
      frame: quanta[quantum]?.frame ?? 0,
      us: rounded(total),
      fieldUs: rounded(quanta[quantum]?.costNs ?? 0) || null,
      stagesUs: Object.fromEntries(stages.map((name, i) => [name, rounded(stageNs[i] ?? 0)])),
    }));
}
