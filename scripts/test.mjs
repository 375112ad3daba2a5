// @ts-check
// Runs every test and sums up: `npm test -- [--only check,native,realtime,unit,browser,contract,e2e]`.
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { buildPage } from './lib/build-page.mjs';
import { summaryLine, total } from './lib/reports.mjs';
import { CommandError, runMain } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';
import { bringClipsIfPossible } from './lib/speech-clips.mjs';
import { SUITES } from './lib/suites.mjs';

/** @typedef {import('./lib/suites.mjs').Suite} Suite */
/** @typedef {{ name: string } & import('./lib/suites.mjs').Outcome} Result */

/** @returns {readonly Suite[]} */
function chosenSuites() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return SUITES;
  const names = values.only.split(',');
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length === 0) return SUITES.filter((suite) => names.includes(suite.name));
  const known = SUITES.map((suite) => suite.name).join(', ');
  throw new CommandError(`--only takes ${known}; was ${unknown.join(', ')}.`);
}

async function prepare() {
  await setup('test');
  await buildEngine();
  await buildPage();
  bringClipsIfPossible();
}

/**
 * @param {readonly Suite[]} suites
 * @returns {Promise<Result[]>}
 */
async function runSuites(suites) {
  /** @type {Result[]} */
  const results = [];
  for (const { name, title, run } of suites) {
    console.log(`\n── ${title} (${name})`);
    results.push({ name, ...(await run()) });
  }
  return results;
}

/**
 * Setup and build, then the suites; without a build, nothing can be tested and that is a failure.
 * @param {readonly Suite[]} suites
 * @returns {Promise<Result[]>}
 */
async function runAll(suites) {
  try {
    await prepare();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [{ name: 'setup', passed: 0, failed: 1, skipped: 0, problem: error.message }];
  }
  return runSuites(suites);
}

/** @param {readonly Result[]} results */
function report(results) {
  console.log('');
  for (const { name, problem, ...counts } of results) {
    console.log(
      `${name.padEnd(9)} ${summaryLine(counts)}${problem === undefined ? '' : ` (${problem})`}`,
    );
  }
  console.log(`\n${summaryLine(total(results))}`);
}

await runMain(async () => {
  const results = await runAll(chosenSuites());
  report(results);
  process.exitCode = total(results).failed > 0 ? 1 : 0;
});
