// @ts-check
// How well voice detection finds utterances, beside what it has to reach. The utterances and the
// metrics are in tests/vad/.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleForNode } from '../lib/bundle-for-node.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { voiceAssets } from '../lib/voice.mjs';

/** @typedef {import('../../web/lib/vad/index.ts').VadPreset} VadPreset */
/** @typedef {{ median: number, p95: number, p99: number }} Delay */

/**
 * Of the utterances of one level above the background; null: of all. Times are ms.
 * @typedef {object} VadFigures
 * @property {VadPreset} preset
 * @property {number | null} snrDb
 * @property {number} utterances
 * @property {number} missed
 * @property {number} leastPreRollMs
 * @property {Delay} onsetMs
 * @property {Delay} audibleOnsetMs
 * @property {Delay} endMs
 * @property {number} splitShare
 */

/**
 * @typedef {object} VadMeasurement
 * @property {readonly VadFigures[]} figures
 * @property {Readonly<Record<VadPreset, number>>} falseSegments in ten minutes
 */

/**
 * @typedef {object} VadModule
 * @property {boolean} speechIsThere
 * @property {(module: BufferSource, weights: Uint8Array) => Promise<VadMeasurement>} measureVad
 */

/**
 * A figure and its limit; null: it has none.
 * @typedef {object} VadRow
 * @property {VadPreset} preset
 * @property {string} metric
 * @property {number} value
 * @property {number | null} atLeast
 * @property {number | null} atMost
 * @property {boolean} met
 */

/**
 * @typedef {VadMeasurement & { bars: VadRow[], met: boolean }} VadReport
 */

const FRAME_MS = 32;
const ONSET_MS = 64 + FRAME_MS;
const LEAST_PRE_ROLL_MS = 200;
const MOST_SPLIT_PERCENT = 1;
const MOST_FALSE_SEGMENTS = 1;
/** Of the presets for which it is promised. @type {Readonly<Partial<Record<VadPreset, number>>>} */
const END_MS = { command: 300, dictation: 800 };

/** @returns {Promise<VadModule>} */
async function loadModule() {
  const code = await bundleForNode('tests/vad/index.ts', 'es');
  // A file: the bundle asks where it lies.
  const file = fromRoot('build/wer/vad.mjs');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, code);
  return /** @type {Promise<VadModule>} */ (import(pathToFileURL(file).href));
}

/**
 * @param {VadFigures} figures of all levels
 * @param {number} falseSegments
 * @returns {VadRow[]}
 */
function rowsOf({ preset, ...figures }, falseSegments) {
  const { missed, leastPreRollMs, onsetMs, audibleOnsetMs, endMs, splitShare } = figures;
  const endLimit = END_MS[preset] ?? null;
  const splitLimit = endLimit === null ? null : MOST_SPLIT_PERCENT;
  /** @type {readonly [string, number, number | null][]} */
  const rows = [
    ['missed', missed, 0],
    ['audible onset, median ms', audibleOnsetMs.median, null],
    ['audible onset, p95 ms', audibleOnsetMs.p95, ONSET_MS],
    ['first trace, median ms', onsetMs.median, null],
    ['first trace, p95 ms', onsetMs.p95, null],
    ['end, median ms', endMs.median, null],
    ['end, p95 ms', endMs.p95, endLimit],
    ['split, percent', 100 * splitShare, splitLimit],
    ['false segments in ten minutes', falseSegments, MOST_FALSE_SEGMENTS],
  ];
  return [
    {
      ...{ preset, metric: 'least sound before, ms', value: leastPreRollMs },
      ...{ atLeast: LEAST_PRE_ROLL_MS, atMost: null, met: leastPreRollMs >= LEAST_PRE_ROLL_MS },
    },
    ...rows.map(([metric, value, atMost]) => {
      const met = atMost === null || value <= atMost;
      return { preset, metric, value, atLeast: null, atMost, met };
    }),
  ];
}

/**
 * The figures beside their limits.
 * @param {VadMeasurement} measured
 * @returns {VadReport}
 */
export function vadReport({ figures, falseSegments }) {
  const whole = figures.filter(({ snrDb }) => snrDb === null);
  const bars = whole.flatMap((of) => rowsOf(of, falseSegments[of.preset]));
  return { figures, falseSegments, bars, met: bars.every(({ met }) => met) };
}

/** @param {VadRow} row */
function rowLine({ preset, metric, value, atLeast, atMost, met }) {
  const name = `${preset.padEnd(13)} ${metric.padEnd(30)}`;
  const figure = value.toFixed(Number.isInteger(value) ? 0 : 1).padStart(6);
  if (atLeast === null && atMost === null) return `        ${name} ${figure}`;
  const limit = atLeast === null ? `at most ${atMost}` : `at least ${atLeast}`;
  return `${met ? 'met   ' : 'MISSED'}  ${name} ${figure}  ${limit}`;
}

/**
 * @param {VadReport} report
 * @returns {string[]}
 */
export function vadLines({ figures, bars }) {
  const utterances = figures.find(({ snrDb }) => snrDb === null)?.utterances ?? 0;
  return [`voice detection, ${utterances} utterances at 5 to 30 dB`, ...bars.map(rowLine)];
}

/**
 * Takes about a minute.
 * @returns {Promise<VadReport | null>} null: this system has not the speech that it takes
 */
export async function measureDetection() {
  const { speechIsThere, measureVad } = await loadModule();
  if (!speechIsThere) {
    console.log('\nvoice detection is not measured: packages with speech are missing');
    return null;
  }
  const { module, weights } = voiceAssets();
  const report = vadReport(await measureVad(module, weights));
  console.log(`\n${vadLines(report).join('\n')}`);
  return report;
}
