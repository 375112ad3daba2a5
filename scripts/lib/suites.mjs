// @ts-check
// The test suites: how each is run and which report it leaves.
import fs from 'node:fs';
import { commandExists, fromRoot } from './paths.mjs';
import {
  outcome,
  readCounts,
  readJunit,
  readPlaywright,
  readReport,
  readVitest,
} from './reports.mjs';
import { exitCodeOf } from './run.mjs';
import { freePort } from './serve.mjs';

/** @typedef {import('./reports.mjs').Counts & { problem?: string }} Outcome */

/**
 * @typedef {object} Suite
 * @property {string} name as in `--only`
 * @property {string} title
 * @property {() => Promise<Outcome>} run
 */

/** @param {string} name */
const reportFile = (name) => fromRoot('build/reports', name);

/**
 * @typedef {object} Step
 * @property {string} command
 * @property {readonly string[]} args
 * @property {Record<string, string>} [env]
 */

/**
 * Runs the steps until one fails, then reads the report that the last one leaves.
 * @param {{ report: string, read: import('./reports.mjs').ReportReader, steps: readonly Step[] }} job
 * @returns {Promise<Outcome>}
 */
export async function runAndRead({ report, read, steps }) {
  fs.mkdirSync(fromRoot('build/reports'), { recursive: true });
  fs.rmSync(report, { force: true });
  let exitCode = 0;
  for (const { command, args, env } of steps) {
    if (exitCode === 0) exitCode = await exitCodeOf(command, args, env ? { env } : {});
  }
  return outcome({ exitCode, counts: readReport(report, read) });
}

/**
 * @param {{ compiler: string, sanitize: string, env: Record<string, string> }} kind
 * @returns {Promise<Outcome>}
 */
function runNative({ compiler, sanitize, env }) {
  const build = `build/native-${compiler}`;
  const report = reportFile(`native-${compiler}.xml`);
  const defines = [
    ...['CMAKE_BUILD_TYPE=Release', `CMAKE_CXX_COMPILER=${compiler}`],
    ...['QUANTA_TESTS=ON', `QUANTA_SANITIZE=${sanitize}`],
  ].map((define) => `-D${define}`);
  const ctest = ['--test-dir', build, '--output-on-failure', '--output-junit', report];
  return runAndRead({
    report,
    read: readJunit,
    steps: [
      { command: 'cmake', args: ['-G', 'Ninja', '-S', '.', '-B', build, ...defines] },
      { command: 'ninja', args: ['-C', build] },
      { command: 'ctest', args: [...ctest, '--no-tests=error', '-j', '2'], env },
    ],
  });
}

/** @returns {Promise<Outcome>} */
function runRealtime() {
  if (!commandExists('clang++-22')) {
    console.log('clang++-22 is not there: nothing proves here that hot code never waits.');
    return Promise.resolve({ passed: 0, failed: 0, skipped: 1 });
  }
  const env = { RTSAN_OPTIONS: 'halt_on_error=true' };
  return runNative({ compiler: 'clang++-22', sanitize: 'realtime', env });
}

/** @param {string} project */
function runVitest(project) {
  const report = reportFile(`${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--config', 'tests/vitest.config.ts', '--project', project, ...reporters];
  const command = fromRoot('node_modules/.bin/vitest');
  return runAndRead({ report, read: readVitest, steps: [{ command, args }] });
}

async function runPlaywright() {
  const report = reportFile('e2e.json');
  const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, E2E_PORT: String(await freePort()) };
  const command = fromRoot('node_modules/.bin/playwright');
  return runAndRead({ report, read: readPlaywright, steps: [{ command, args, env }] });
}

function runCheck() {
  const report = reportFile('check.json');
  const args = ['scripts/check.mjs', '--report', report];
  const steps = [{ command: process.execPath, args }];
  return runAndRead({ report, read: readCounts, steps });
}

const SANITIZER_ENV = {
  ASAN_OPTIONS: 'detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
};

/** @type {readonly Suite[]} */
export const SUITES = [
  { name: 'check', title: 'Formats, types and lint', run: runCheck },
  {
    name: 'native',
    title: 'Engine, native, under AddressSanitizer and UndefinedBehaviorSanitizer',
    run: () => runNative({ compiler: 'g++', sanitize: 'address,undefined', env: SANITIZER_ENV }),
  },
  {
    name: 'realtime',
    title: "Engine, native, under clang's function effects and RealtimeSanitizer",
    run: runRealtime,
  },
  { name: 'unit', title: 'Units, in Node', run: () => runVitest('unit') },
  { name: 'browser', title: 'Units, in Chromium', run: () => runVitest('browser') },
  { name: 'contract', title: 'Contracts', run: () => runVitest('contract') },
  { name: 'e2e', title: 'The built page in Chromium', run: runPlaywright },
];
