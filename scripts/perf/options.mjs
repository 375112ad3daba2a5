// @ts-check
// What `npm run perf` is asked for.
import { parseArgs } from 'node:util';
import { calledPath } from '../lib/output-file.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';

export const USAGE = `Usage: npm run perf -- [--only TEXT] [--seconds N] [--json FILE] [--baseline FILE]
       npm run perf -- --shard 1/2 --blob FILE.zip
       npm run perf -- --merge FILE [FILE ...] [--json FILE] [--otlp FILE]

Measures the built page in Chromium: start-up and sizes, what a quantum costs with each set of
features, hand-off, frames of every view, memory, threads.

  --only TEXT           measurements whose name holds this text
  --seconds N           length of each measurement, 10 by default
  --json FILE           the report, by default build/reports/perf.json
  --save-baseline FILE  writes the report there too
  --baseline FILE       compares with a report that was saved
  --otlp FILE           writes the results as OpenTelemetry metrics, as OTLP JSON
  --shard I/N           this machine's part of the measurements, for N machines
  --blob FILE           writes Playwright's blob report too, to be merged
  --merge               makes one report of others: of reports and of blobs, from any machines
  --help                this

Exit code 0: nothing is worse than the baseline, or the machine was disturbed and the run is void,
which is said. 1: something is worse, or a measurement failed.
`;

const MAX_SECONDS = 3600;

/**
 * @typedef {object} PerfOptions
 * @property {boolean} help
 * @property {string | undefined} only
 * @property {number} seconds
 * @property {string} json
 * @property {string | undefined} saveBaseline
 * @property {string | undefined} baseline
 * @property {string | undefined} otlp
 * @property {string | undefined} shard
 * @property {string | undefined} blob
 * @property {readonly string[] | null} merge null: measure
 */

/** @param {string | undefined} file */
const optional = (file) => (file === undefined ? undefined : calledPath(file));

/**
 * @param {readonly string[]} args
 * @returns {PerfOptions}
 * @throws {CommandError}
 */
export function perfOptions(args) {
  const { values, positionals } = parse(args);
  const { help, only, seconds, json, baseline, otlp, shard, blob, merge } = values;
  if (merge !== positionals.length > 0) {
    throw new CommandError('--merge takes one file or more, and nothing else takes any.');
  }
  if (shard !== undefined && !/^[1-9]\d*\/[1-9]\d*$/.test(shard)) {
    throw new CommandError(`--shard takes a part of a whole as 1/2, was ${shard}.`);
  }
  return {
    ...{ help, only, shard },
    seconds: secondsOf(seconds),
    json: optional(json) ?? fromRoot('build/reports/perf.json'),
    saveBaseline: optional(values['save-baseline']),
    baseline: optional(baseline),
    otlp: optional(otlp),
    blob: optional(blob),
    merge: merge ? positionals.map(calledPath) : null,
  };
}

/** @param {string} text */
function secondsOf(text) {
  const value = Number(text);
  if (value > 0 && value <= MAX_SECONDS) return value;
  throw new CommandError(`--seconds takes a number above 0, up to ${MAX_SECONDS}, was ${text}.`);
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        only: { type: 'string' },
        seconds: { type: 'string', default: '10' },
        json: { type: 'string' },
        'save-baseline': { type: 'string' },
        baseline: { type: 'string' },
        otlp: { type: 'string' },
        shard: { type: 'string' },
        blob: { type: 'string' },
        merge: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
