// @ts-check
// Formats, generated files, types and lint: `npm run check`.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { filesUnder } from './lib/freshness.mjs';
import { fromRoot } from './lib/paths.mjs';
import { summaryLine } from './lib/reports.mjs';
import { exitCodeOf, runMain } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';

/** As devDependencies their lock file breaks `npm ci`, so npx brings them, in these versions. */
const LINTERS = ['oxlint@1.94.0', 'oxlint-tsgolint@7.0.2007'];
const LINT = ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'];

/** @param {string} name */
const bin = (name) => fromRoot('node_modules/.bin', name);

const cppFiles = () => filesUnder(['wasm', 'tests']).filter((file) => /\.(h|cpp)$/.test(file));

/** @typedef {{ title: string, command: string, args: readonly string[] }} Check */

/** @returns {readonly Check[]} */
const checks = () => [
  {
    title: 'Formats (prettier)',
    command: bin('prettier'),
    args: ['--check', '--log-level', 'warn', '.'],
  },
  {
    title: 'Formats (clang-format)',
    command: 'clang-format',
    args: ['--dry-run', '-Werror', ...cppFiles()],
  },
  {
    title: 'Generated files',
    command: process.execPath,
    args: ['scripts/gen.mjs', '--check'],
  },
  { title: 'Types (tsc)', command: bin('tsc'), args: ['-b'] },
  {
    title: 'Lint (oxlint)',
    command: 'npx',
    args: ['-y', ...LINTERS.flatMap((linter) => ['-p', linter]), 'oxlint', ...LINT],
  },
];

/**
 * @param {Check} check
 * @returns {Promise<boolean>} whether it passed
 */
async function passes({ title, command, args }) {
  console.log(`${title} ...`);
  const passed = (await exitCodeOf(command, args)) === 0;
  console.log(`${title}: ${passed ? 'clean' : 'FAILED'}`);
  return passed;
}

await runMain(async () => {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  await setup('check');
  await buildEngine();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const check of checks()) counts[(await passes(check)) ? 'passed' : 'failed'] += 1;
  if (values.report !== undefined) fs.writeFileSync(values.report, JSON.stringify(counts));
  console.log(summaryLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
});
