// @ts-check
// What a benchmark is. See `registry.mjs` for those that there are.

/** @typedef {'node' | 'chromium' | 'native'} HostName */

/**
 * One program that does the work. `code` names it on its host:
 *   `cpp:NAME`         tests/native/bench, natively or as WebAssembly; natively also with
 *                      `/N-readers`, threads that follow the ring that it writes
 *   `js:MODULE/NAME`   scripts/bench/contestants/MODULE.ts
 * @typedef {object} Contestant
 * @property {string} name
 * @property {HostName} host
 * @property {string} code
 * @property {string | (() => string)} [version] default: the host's
 */

/**
 * What the result should be; a missed bar is printed and fails nothing.
 * @typedef {{ readonly median: number } | { readonly peer: string, readonly ratio: number } |
 *   { readonly single: 'mean' | 'p99', readonly most: number }} Bar
 *   the median is at most this, in the row's unit; the named peer's ratio is at least this; of the
 *   operations that were timed one by one, mean or p99 is at most this
 */

/** @typedef {'ns' | 'us' | 'ms'} Unit */

/**
 * One result: ours and what it is compared with, interleaved. All do the same operation.
 * @typedef {object} Row
 * @property {string} name of the result, unique; `--only` accepts it too
 * @property {string} operation what is timed
 * @property {Unit} unit of the time of one operation
 * @property {Contestant} ours
 * @property {readonly Contestant[]} peers those that are not installed are left out
 * @property {readonly Bar[]} bars
 * @property {number} [singles] operations that are also timed one by one after every sample
 * @property {Partial<import('./runner.mjs').Effort>} [effort] where it differs from the usual one
 */

/**
 * @typedef {object} Benchmark
 * @property {string} name as in `--only`
 * @property {readonly string[]} groups also accepted by `--only`
 * @property {readonly Row[]} rows
 */

/** @type {Readonly<Record<Unit, number>>} */
export const NANOSECONDS = { ns: 1, us: 1e3, ms: 1e6 };
