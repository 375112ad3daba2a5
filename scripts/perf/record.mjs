// @ts-check
// What performance runs leave, as plain data.

/** @typedef {import('../bench/statistics.mjs').Summary} Summary */

/**
 * What a figure is compared by: `cpu` is judged against the calibration load of its own run, so that
 * machines of other speeds compare; `plain` is a latency, a rate or a size, and is judged as it is.
 * @typedef {'cpu' | 'plain'} Scale
 */

/**
 * One figure: a summary of samples, of one sample where `n` is 1.
 * @typedef {Summary & { name: string, unit: string, scale: Scale, better: 'lower' | 'higher',
 *   histogram?: { bounds: readonly number[], counts: readonly number[] } }} Result
 */

/**
 * What the machine did beside a measurement.
 * @typedef {object} Load
 * @property {readonly number[]} calibrationMs a fixed piece of work, before and after it
 * @property {number | null} stealShare of all processor time that other guests took; null: not told here
 * @property {number | null} otherShare of all processor time that other programs took
 * @property {number} cores
 */

/**
 * One measurement, and what it was made on.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} machine
 * @property {string} browser
 * @property {string} node
 * @property {string} commit
 * @property {string} date
 * @property {Load} load
 * @property {readonly Result[]} results
 * @property {Readonly<Record<string, unknown>>} details beside the results: series, files, threads
 */

/**
 * @typedef {object} Compared
 * @property {string} name
 * @property {number} ratio ours to the baseline's; 1: the same
 * @property {boolean} worse
 */

/**
 * @typedef {object} Report
 * @property {1} schema
 * @property {'perf'} kind
 * @property {string} machine
 * @property {string} browser
 * @property {string} commit
 * @property {string} date
 * @property {'ok' | 'void' | 'worse' | 'failed'} verdict
 * @property {readonly string[]} reasons why it is not `ok`
 * @property {readonly (Result & { part: string, machine: string, void: boolean })[]} results
 * @property {readonly Compared[]} compared
 * @property {readonly Part[]} parts
 */

/** Name of the attachment by which a test hands its part over. */
export const ATTACHMENT = 'perf-part';
