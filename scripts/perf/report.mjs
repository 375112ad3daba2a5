// @ts-check
// Parts become a report: judged by the sentinel, compared with a baseline.
import { calibrationOf, disturbances } from './load.mjs';

/** @typedef {import('./record.mjs').Compared} Compared */
/** @typedef {import('./record.mjs').Part} Part */
/** @typedef {import('./record.mjs').Report} Report */
/** @typedef {import('./record.mjs').Result} Result */

/** Further from the baseline than this is worse: what a quiet machine scatters lies within. */
export const TOLERANCE = 1.3;

/** Of a core: threads that do less are only in the report. */
const MIN_SHOWN_SHARE = 0.01;

/** @param {readonly string[]} texts */
const joined = (texts) => [...new Set(texts)].join(' | ');

/** @param {Part} part */
const isVoid = (part) => disturbances(part.load).length > 0;

/**
 * In terms of the machine's speed at that moment.
 * @param {Part} part
 * @param {Result} result
 */
const normal = (part, result) =>
  result.scale === 'cpu' ? result.median / calibrationOf(part.load) : result.median;

/**
 * @param {Part} part
 * @param {readonly Part[]} baseline
 * @returns {Compared[]}
 */
function comparedWith(part, baseline) {
  const other = baseline.find(({ name }) => name === part.name);
  if (other === undefined || isVoid(part) || isVoid(other)) return [];
  return part.results.flatMap((result) => {
    const old = other.results.find(({ name }) => name === result.name);
    // To nothing, there is no ratio.
    if (old === undefined || old.median === 0) return [];
    const ratio = normal(part, result) / normal(other, old);
    const worse = result.better === 'lower' ? ratio > TOLERANCE : ratio < 1 / TOLERANCE;
    return [{ name: result.name, ratio, worse }];
  });
}

/**
 * @param {readonly Part[]} parts
 * @param {readonly string[]} failures tests that failed
 * @param {readonly Part[]} [baseline]
 * @returns {Report}
 */
export function reportOf(parts, failures, baseline = []) {
  const compared = parts.flatMap((part) => comparedWith(part, baseline));
  const worse = compared.filter((each) => each.worse);
  const disturbed = parts.flatMap((part) =>
    disturbances(part.load).map((reason) => `${part.name}: ${reason}`),
  );
  const reasons = [
    ...failures,
    ...worse.map(({ name, ratio }) => `${name} is ${ratio.toFixed(2)} times the baseline's`),
    ...disturbed,
  ];
  return {
    schema: 1,
    kind: 'perf',
    machine: joined(parts.map(({ machine }) => machine)),
    browser: joined(parts.map(({ browser }) => browser)),
    commit: joined(parts.map(({ commit }) => commit)),
    date: parts.map(({ date }) => date).reduce((a, b) => (a > b ? a : b), ''),
    verdict: verdictOf(failures.length, worse.length, disturbed.length),
    reasons,
    results: parts.flatMap((part) =>
      part.results.map((result) => ({
        ...result,
        part: part.name,
        machine: part.machine,
        void: isVoid(part),
      })),
    ),
    compared,
    parts,
  };
}

/**
 * @param {number} failures
 * @param {number} worse
 * @param {number} disturbed
 * @returns {Report['verdict']}
 */
function verdictOf(failures, worse, disturbed) {
  if (failures > 0) return 'failed';
  if (worse > 0) return 'worse';
  return disturbed > 0 ? 'void' : 'ok';
}

/** @param {number} value */
const figure = (value) =>
  value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/**
 * @param {Report['results'][number]} result
 * @param {Report['compared']} compared
 */
function resultLine(result, compared) {
  const { name, unit, n, median, p95, p99, max } = result;
  const text =
    n === 1
      ? `${figure(median)} ${unit}`
      : `median ${figure(median)} ${unit}, p95 ${figure(p95)}, p99 ${figure(p99)}, max ${figure(max)}, n ${n}`;
  const ratio = compared.find((each) => each.name === name)?.ratio;
  const against = ratio === undefined ? '' : `, ${ratio.toFixed(2)} times the baseline's`;
  return `  ${result.void ? 'void  ' : ''}${name}: ${text}${against}`;
}

/**
 * @typedef {ReturnType<typeof import('./threads.mjs').threadShares>[number]} ThreadShare
 */

/** @param {Part} part */
function threadLines({ name, details }) {
  const threads = /** @type {readonly ThreadShare[]} */ (details['threads'] ?? []);
  if (threads.length === 0) return [];
  const shares = threads
    .filter(({ share }) => share >= MIN_SHOWN_SHARE)
    .map(({ process, thread, share }) => `${process} ${thread} ${(100 * share).toFixed(1)} %`);
  return [`  ${name}, of a core: ${shares.join(', ')}`];
}

/** @type {Readonly<Record<Report['verdict'], string>>} */
const VERDICTS = {
  ok: 'Nothing is worse than it was.',
  void: 'VOID: the machine was disturbed, so the figures marked so say nothing:',
  worse: 'WORSE than the baseline:',
  failed: 'FAILED:',
};

/**
 * @param {Report} report
 * @returns {string[]}
 */
export function reportLines({ results, compared, verdict, reasons, parts }) {
  return [
    ...results.map((result) => resultLine(result, compared)),
    ...parts.flatMap(threadLines),
    verdict === 'ok' && compared.length === 0
      ? 'Measured; there is no baseline.'
      : VERDICTS[verdict],
    ...reasons.map((reason) => `  ${reason}`),
  ];
}
