// @ts-check
// What the test runners' reports say, as counts.
import fs from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @typedef {(text: string) => Counts} ReportReader throws on a text that is no such report */

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function member(value, name) {
  if (typeof value !== 'object' || value === null) throw new Error('The report is no object.');
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/**
 * A reader of the numbers in one object of a report.
 * @param {unknown} object
 * @returns {(name: string) => number}
 */
const numbersIn = (object) => (name) => {
  const value = member(object, name);
  if (typeof value === 'number') return value;
  throw new Error(`The report has no number "${name}".`);
};

/** @type {ReportReader} */
export function readVitest(text) {
  const number = numbersIn(JSON.parse(text));
  return {
    passed: number('numPassedTests'),
    failed: number('numFailedTests'),
    skipped: number('numPendingTests') + number('numTodoTests'),
  };
}

/**
 * A flaky test counts as failed: it failed once.
 * @type {ReportReader}
 */
export function readPlaywright(text) {
  const number = numbersIn(member(JSON.parse(text), 'stats'));
  return {
    passed: number('expected'),
    failed: number('unexpected') + number('flaky'),
    skipped: number('skipped'),
  };
}

/** @type {ReportReader} */
export function readJunit(text) {
  const suite = text.match(/<testsuite\b[^>]*>/)?.[0] ?? '';
  /** @param {string} name */
  const attribute = (name) => Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? NaN);
  const [tests, failed] = [attribute('tests'), attribute('failures')];
  const skipped = attribute('skipped') + attribute('disabled');
  if (Number.isNaN(tests + failed + skipped)) throw new Error('The report is no JUnit report.');
  return { passed: tests - failed - skipped, failed, skipped };
}

/** @type {ReportReader} */
export function readCounts(text) {
  const number = numbersIn(JSON.parse(text));
  return { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
}

/**
 * @param {string} file
 * @param {ReportReader} read
 * @returns {Counts | undefined} undefined when there is no report, or none that can be read
 */
export function readReport(file, read) {
  if (!fs.existsSync(file)) return undefined;
  try {
    return read(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * What a suite's run counts for. A suite that crashed, that ran no test or whose report is missing
 * is one failure, whatever else it says.
 * @param {{ exitCode: number, counts: Counts | undefined }} run
 * @returns {Counts & { problem?: string }}
 */
export function outcome({ exitCode, counts = { passed: 0, failed: 0, skipped: 0 } }) {
  if (counts.failed > 0) return counts;
  if (exitCode !== 0) {
    return { ...counts, failed: 1, problem: `ended with exit code ${exitCode}` };
  }
  if (counts.passed === 0) return { ...counts, failed: 1, problem: 'ran no test' };
  return counts;
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function total(all) {
  /** @param {keyof Counts} kind */
  const sum = (kind) => all.reduce((count, counts) => count + counts[kind], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * @param {Counts} counts
 * @returns {string} `3 passed, 0 failed` or `3 passed, 0 failed, 1 skipped`
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
