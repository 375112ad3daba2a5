// @ts-check
// The command line of the performance runs.
import { buildEngine } from '../lib/build-engine.mjs';
import { buildPage } from '../lib/build-page.mjs';
import { jsonText, writeOutput } from '../lib/output-file.mjs';
import { setup } from '../lib/setup.mjs';
import { collectFromFiles, collectFromRun, readReport } from './collect.mjs';
import { perfOptions, USAGE } from './options.mjs';
import { reportLines, reportOf } from './report.mjs';

/** @typedef {import('./options.mjs').PerfOptions} PerfOptions */

/** @param {PerfOptions} options */
async function collect(options) {
  await setup('test');
  if (options.merge !== null) return collectFromFiles(options.merge);
  await buildEngine();
  await buildPage();
  return collectFromRun(options);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function main(args) {
  const options = perfOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { json, saveBaseline, otlp } = options;
  // Read before the run: a file that is none is told at once.
  const baseline = options.baseline === undefined ? undefined : readReport(options.baseline).parts;
  const { parts, failures } = await collect(options);
  const report = reportOf(parts, failures, baseline);
  console.log(`${reportLines(report).join('\n')}\n`);
  writeOutput(json, jsonText(report));
  if (saveBaseline !== undefined) writeOutput(saveBaseline, jsonText(report));
  if (otlp !== undefined) {
    const { otlpText } = await import('./otlp.mjs');
    writeOutput(otlp, otlpText(report));
  }
  return report.verdict === 'worse' || report.verdict === 'failed' ? 1 : 0;
}
