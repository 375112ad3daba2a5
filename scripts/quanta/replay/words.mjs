// @ts-check
// A replay for people.

/** @typedef {import('../replay.mjs').ReplayResult} Result */
/** @typedef {import('./cost.mjs').Spread} Spread */

const COLUMNS = /** @type {const} */ (['mean', 'p50', 'p95', 'p99', 'max']);
const NAME_WIDTH = 18;
const WIDTH = 9;

/** @param {readonly (string | number)[]} cells */
const row = ([name = '', ...cells]) =>
  `    ${String(name).padEnd(NAME_WIDTH)}${cells
    .map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell).padStart(WIDTH))
    .join('')}`;

/** @param {Result['comparisons'][number]} comparison */
function comparisonLine({ between, quanta, windows, difference }) {
  if (difference !== null) {
    const { what, quantum, frame } = difference;
    return `  ${between}: the ${what} differs from quantum ${quantum} (frame ${frame}) on`;
  }
  const analysis = windows === 0 ? '' : `, ${windows} windows of the analysis`;
  return `  ${between}: identical in ${quanta} quanta${analysis}`;
}

/**
 * @param {string} name
 * @param {{ quantumUs: Spread, stagesUs: Readonly<Record<string, Spread>> }} cost
 */
function costLines(name, { quantumUs, stagesUs }) {
  const line = (/** @type {string} */ title, /** @type {Spread} */ spread) =>
    row([title, ...COLUMNS.map((column) => spread[column])]);
  return [
    `  cost in µs, ${name}`,
    row(['', ...COLUMNS]),
    ...Object.entries(stagesUs).map(([stage, spread]) => line(stage, spread)),
    line('quantum', quantumUs),
  ];
}

/** @param {Result['dearest']} quanta */
function dearestLines(quanta) {
  if (quanta.length === 0) return [];
  const stages = Object.keys(quanta[0]?.stagesUs ?? {});
  return [
    '  dearest quanta, in µs',
    row(['at frame', 'all', 'field', ...stages]),
    ...quanta.map(({ frame, us, fieldUs, stagesUs }) =>
      row([frame, us, fieldUs ?? '-', ...Object.values(stagesUs)]),
    ),
  ];
}

/**
 * @param {string} file
 * @param {Result} result
 * @returns {string[]}
 */
export function linesOf(file, result) {
  const { head, seconds, quanta, unended, failures, comparisons, cost } = result;
  return [
    `${file}: ${seconds.toFixed(2)} s at ${head.rateHz} Hz, ${quanta} quanta, saved ${head.savedAt}: ${head.reason}`,
    ...comparisons.map(comparisonLine),
    ...unended.map(({ quantum, frame }) => `  quantum ${quantum} (frame ${frame}) has no end here`),
    ...failures.map(
      ({ engine, quantum, frame, failure }) =>
        `  ${engine}: quantum ${quantum} (frame ${frame}) did not end: ${failure}`,
    ),
    ...Object.entries(cost).flatMap(([name, each]) => costLines(name, each)),
    ...dearestLines(result.dearest),
  ];
}
