// @ts-check
// What a run says: a JSON object, and lines to read.
import { commit, machine } from '../lib/machine.mjs';

/** @typedef {import('./benchmark.mjs').Bar} Bar */
/** @typedef {import('./benchmark.mjs').Row} Row */
/** @typedef {import('./runner.mjs').Measured} Measured */

export const SCHEMA = 1;

/**
 * @typedef {{ name: string, operation: string, unit: string } & Measured &
 *   { bars: { text: string, met: boolean | null }[] }} Result
 *   `met` is null where the peer is not installed
 */

/**
 * @typedef {object} Report
 * @property {typeof SCHEMA} schema
 * @property {string} machine
 * @property {string | null} browser null: none was needed
 * @property {string} node
 * @property {string} commit
 * @property {Result[]} results
 */

/**
 * @param {Row} row
 * @param {Measured} measured
 * @returns {Result}
 */
export function resultOf(row, measured) {
  const { name, operation, unit } = row;
  const bars = row.bars.map((bar) => judge(bar, unit, measured));
  return { name, operation, unit, ...measured, bars };
}

/**
 * @param {Bar} bar
 * @param {string} unit
 * @param {Measured} measured
 */
function judge(bar, unit, { median, peers, single }) {
  if ('single' in bar) {
    const met = single === undefined ? null : single[bar.single] <= bar.most;
    return { text: `${bar.single} of single operations at most ${bar.most} ${unit}`, met };
  }
  if ('median' in bar) {
    return { text: `median at most ${bar.median} ${unit}`, met: median <= bar.median };
  }
  const peer = peers.find(({ name }) => name === bar.peer);
  const met = peer === undefined ? null : peer.ratio >= bar.ratio;
  return { text: `at least ${bar.ratio} times as fast as ${bar.peer}`, met };
}

/**
 * @param {Result[]} results
 * @param {string | undefined} browser
 * @returns {Report}
 */
export function reportOf(results, browser) {
  return {
    schema: SCHEMA,
    machine: machine(),
    browser: browser ?? null,
    node: process.version,
    commit: commit(),
    results,
  };
}

/** @param {number} value */
const figure = (value) => value.toPrecision(value >= 1000 ? 4 : 3);

/**
 * @param {Result} result
 * @returns {string}
 */
export function linesOf({ name, operation, unit, n, median, p95, p99, min, single, peers, bars }) {
  const figures = `median ${figure(median)} ${unit}, min ${figure(min)}, p95 ${figure(p95)}, p99 ${figure(p99)}, n ${n}`;
  return [
    `${name}: ${operation}`,
    `  ${figures}`,
    ...singleLines(single, unit),
    ...peers.flatMap((peer) => [
      `  ${peer.name} ${peer.version}: median ${figure(peer.median)} ${unit}, ratio ${figure(peer.ratio)}`,
      ...singleLines(peer.single, unit).map((line) => `  ${line}`),
    ]),
    ...bars.map(({ text, met }) => `  ${text}: ${verdict(met)}`),
  ].join('\n');
}

/**
 * @param {import('./statistics.mjs').Summary | undefined} single
 * @param {string} unit
 */
function singleLines(single, unit) {
  if (single === undefined) return [];
  const { n, mean, p95, p99 } = single;
  return [
    `  one by one: mean ${figure(mean)} ${unit}, p95 ${figure(p95)}, p99 ${figure(p99)}, n ${n}`,
  ];
}

/** @param {boolean | null} met */
function verdict(met) {
  if (met === null) return 'no peer to compare with';
  return met ? 'met' : 'MISSED';
}
