// @ts-check
// Where parts come from: a run of the performance tests, blobs of such runs, reports.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError, exitCodeOf } from '../lib/run.mjs';
import { PARTS_ENV } from './reporter.mjs';

/** @typedef {import('./options.mjs').PerfOptions} PerfOptions */
/** @typedef {import('./record.mjs').Part} Part */
/** @typedef {import('./record.mjs').Report} Report */
/** @typedef {{ parts: readonly Part[], failures: readonly string[] }} Collected */

const PLAYWRIGHT = 'node_modules/.bin/playwright';
const REPORTER = fromRoot('scripts/perf/reporter.mjs');

/**
 * Runs Playwright with the reporter that collects parts.
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Collected>}
 */
async function collect(args, env = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-perf-'));
  const file = path.join(folder, 'parts.json');
  try {
    const code = await exitCodeOf(fromRoot(PLAYWRIGHT), args, {
      env: { ...env, [PARTS_ENV]: file },
    });
    if (!fs.existsSync(file)) throw new CommandError(`Playwright ended with ${code}: see above.`);
    const collected = /** @type {Collected} */ (JSON.parse(fs.readFileSync(file, 'utf8')));
    if (code === 0 || collected.failures.length > 0) return collected;
    return { ...collected, failures: [`Playwright ended with ${code}`] };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * @param {PerfOptions} options
 * @returns {Promise<Collected>}
 */
export function collectFromRun({ only, seconds, shard, blob }) {
  const reporters = ['list', REPORTER, ...(blob === undefined ? [] : ['blob'])];
  const args = [
    ...['test', '--config', 'tests/perf/playwright.config.ts'],
    `--reporter=${reporters.join(',')}`,
    ...(only === undefined ? [] : ['--grep', only]),
    ...(shard === undefined ? [] : [`--shard=${shard}`]),
  ];
  const env = blob === undefined ? {} : { PLAYWRIGHT_BLOB_OUTPUT_FILE: blob };
  return collect(args, { ...env, PERF_SECONDS: String(seconds) });
}

/**
 * @param {readonly string[]} blobs
 * @returns {Promise<Collected>}
 */
async function collectFromBlobs(blobs) {
  if (blobs.length === 0) return { parts: [], failures: [] };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-blobs-'));
  try {
    for (const [index, blob] of blobs.entries()) {
      fs.copyFileSync(blob, path.join(folder, `${index}.zip`));
    }
    return await collect(['merge-reports', '--reporter', REPORTER, folder]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} file
 * @returns {Report}
 * @throws {CommandError} where it is none
 */
export function readReport(file) {
  if (!fs.existsSync(file)) throw new CommandError(`There is no ${file}.`);
  try {
    const report = /** @type {Report} */ (JSON.parse(fs.readFileSync(file, 'utf8')));
    if (report.kind === 'perf' && Array.isArray(report.parts)) return report;
    throw new TypeError('it has no parts');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${file} is no performance report: ${reason}.`);
  }
}

/**
 * @param {readonly string[]} files reports, and blobs that end with .zip
 * @returns {Promise<Collected>}
 */
export async function collectFromFiles(files) {
  const missing = files.find((file) => !fs.existsSync(file));
  if (missing !== undefined) throw new CommandError(`There is no ${missing}.`);
  const reports = files.filter((file) => !file.endsWith('.zip')).map(readReport);
  const blobs = await collectFromBlobs(files.filter((file) => file.endsWith('.zip')));
  return {
    parts: [...reports.flatMap(({ parts }) => parts), ...blobs.parts],
    failures: [
      ...reports.flatMap(({ verdict, reasons }) => (verdict === 'failed' ? reasons : [])),
      ...blobs.failures,
    ],
  };
}
