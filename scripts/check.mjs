// @ts-check
// Formats, generated files, types and lint: `npm run check`.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { filesUnder } from './lib/freshness.mjs';
import { commandExists, fromRoot } from './lib/paths.mjs';
import { summaryLine } from './lib/reports.mjs';
import { exitCodeOf, runMain } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';

/** As devDependencies their lock file breaks `npm ci`, so npx brings them, in these versions. */
const LINTERS = ['oxlint@1.94.0', 'oxlint-tsgolint@7.0.2007'];
const LINT = ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'];

/** @param {string} name */
const bin = (name) => fromRoot('node_modules/.bin', name);

const cppFiles = () => filesUnder(['wasm', 'tests']).filter((file) => /\.(h|cpp)$/.test(file));

const engineSources = () => filesUnder(['wasm']).filter((file) => file.endsWith('.cpp'));
const ENGINE_INCLUDES = ['-I', 'wasm', '-isystem', 'node_modules/kissfft-js/src'];
const ENGINE_FLAGS = ['-std=c++20', ...ENGINE_INCLUDES, '-fno-exceptions', '-fno-rtti'];

/**
 * @typedef {object} Check
 * @property {string} title
 * @property {string} command
 * @property {readonly string[]} args
 * @property {boolean} [optional] skipped, and said so, where the command is not there
 */

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
  {
    title: 'Lint (clang-tidy)',
    command: 'clang-tidy-22',
    args: ['--quiet', ...engineSources(), '--', ...ENGINE_FLAGS],
    optional: true,
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
 * @returns {Promise<keyof import('./lib/reports.mjs').Counts>}
 */
async function outcomeOf({ title, command, args, optional = false }) {
  if (optional && !commandExists(command)) {
    console.log(`${title}: skipped, ${command} is not there`);
    return 'skipped';
  }
  console.log(`${title} ...`);
  const outcome = (await exitCodeOf(command, args)) === 0 ? 'passed' : 'failed';
  console.log(`${title}: ${outcome === 'passed' ? 'clean' : 'FAILED'}`);
  return outcome;
}

await runMain(async () => {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  await setup('check');
  await buildEngine();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const check of checks()) counts[await outcomeOf(check)] += 1;
  if (values.report !== undefined) fs.writeFileSync(values.report, JSON.stringify(counts));
  console.log(summaryLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
});
