// @ts-check
// Whether two runs of a recording gave the same.

/** @typedef {import('../../../web/shared/flight-log.ts').FlightQuantum} FlightQuantum */
/** @typedef {Readonly<Record<string, number>>} Words index of each word of a result */

/**
 * What the quanta of a run left; null where that is not known.
 * @typedef {readonly (Uint32Array | null)[]} Results
 */

/**
 * @typedef {object} Difference
 * @property {number} quantum from 0
 * @property {number} frame on the audio clock
 * @property {'mix' | 'voice' | 'meters' | 'analysis'} what
 */

/**
 * @typedef {object} Comparison
 * @property {string} between
 * @property {number} quanta that both runs ended
 * @property {number} windows of the analysis that both have
 * @property {Difference | null} difference the first one
 */

const DIGESTS = /** @type {const} */ (['mix', 'voice', 'meters']);

/**
 * @param {string} between
 * @param {Results} first
 * @param {Results} second
 * @param {readonly FlightQuantum[]} quanta
 * @param {Words} words
 * @param {readonly number[]} [settled] for each quantum, the frame from which on the windows' centres
 *   are those of the field: after a checkpoint the analysis fills its window anew
 * @returns {Comparison}
 */
export function compare(between, first, second, quanta, words, settled = []) {
  const windows = analysisWindows(first, words);
  let compared = 0;
  let windowCount = 0;
  for (const [quantum, { frame }] of quanta.entries()) {
    const a = first[quantum];
    const b = second[quantum];
    if (!a || !b) continue;
    compared += 1;
    const what = DIGESTS.find((name) => wordOf(a, words, name) !== wordOf(b, words, name));
    if (what !== undefined)
      return differs(between, compared, windowCount, { quantum, frame, what });
    const centre = centreOf(b, words);
    if (centre === undefined || centre < (settled[quantum] ?? 0)) continue;
    const known = windows.get(centre);
    if (known === undefined) continue;
    if (known !== wordOf(b, words, 'analysis')) {
      return differs(between, compared, windowCount, { quantum, frame, what: 'analysis' });
    }
    if (centreOf(second[quantum - 1] ?? null, words) !== centre) windowCount += 1;
  }
  return { between, quanta: compared, windows: windowCount, difference: null };
}

/**
 * @param {string} between
 * @param {number} quanta
 * @param {number} windows
 * @param {Difference} difference
 * @returns {Comparison}
 */
const differs = (between, quanta, windows, difference) => ({
  between,
  quanta,
  windows,
  difference,
});

/**
 * @param {Uint32Array} result
 * @param {Words} words
 * @param {'mix' | 'voice' | 'meters' | 'analysis'} name
 */
const wordOf = (result, words, name) => result[words[`${name}Digest`] ?? -1];

/**
 * The centre of the newest window, on the audio clock; undefined: there was none yet.
 * @param {Uint32Array | null} result
 * @param {Words} words
 */
function centreOf(result, words) {
  if (result === null || wordOf(result, words, 'analysis') === 0) return undefined;
  const at = (/** @type {string} */ name) => result[words[name] ?? -1] ?? 0;
  return at('analysisCentreHigh') * 2 ** 32 + at('analysisCentre');
}

/**
 * The digest of each window by its centre.
 * @param {Results} results
 * @param {Words} words
 */
function analysisWindows(results, words) {
  /** @type {Map<number, number | undefined>} */
  const found = new Map();
  for (const result of results) {
    const centre = centreOf(result ?? null, words);
    if (result && centre !== undefined) found.set(centre, wordOf(result, words, 'analysis'));
  }
  return found;
}
