// @ts-check
// The command line of the soak.
import fs from 'node:fs';
import path from 'node:path';
import { buildEngine } from '../lib/build-engine.mjs';
import { setup } from '../lib/setup.mjs';
import { soakOptions } from './options.mjs';

/** @typedef {import('./options.mjs').SoakOptions} SoakOptions */

/** @param {SoakOptions} options */
async function runLiveAll({ inputs, minutes, load }) {
  const { runLive } = await import('./live.mjs');
  const { liveLines, liveReport } = await import('./report.mjs');
  const reports = [];
  for (const count of inputs) {
    const report = liveReport(await runLive({ inputs: count, minutes, load }));
    console.log(`${liveLines(report).join('\n')}\n`);
    reports.push(report);
  }
  return reports;
}

/** @param {SoakOptions} options */
async function runOfflineAll({ hours }) {
  const { runOfflineHours } = await import('./offline.mjs');
  const { offlineLines, offlineReport } = await import('./report.mjs');
  let told = 0;
  const record = await runOfflineHours(hours, (done) => {
    if (Math.floor(done) > told) console.log(`${(told = Math.floor(done))} h`);
  });
  const report = offlineReport(record);
  console.log(`${offlineLines(report).join('\n')}\n`);
  return [report];
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function main(args) {
  const options = soakOptions(args);
  await setup('test');
  await buildEngine();
  const reports = options.offline ? await runOfflineAll(options) : await runLiveAll(options);
  if (options.json !== undefined) {
    const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), options.json);
    fs.writeFileSync(file, `${JSON.stringify({ schema: 1, runs: reports }, undefined, 2)}\n`);
    console.log(`Report: ${file}`);
  }
  return reports.some(({ problems }) => problems.length > 0) ? 1 : 0;
}
