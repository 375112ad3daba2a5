import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  outcome,
  readJunit,
  readPlaywright,
  readVitest,
  summaryLine,
  total,
} from '../../scripts/lib/reports.mjs';
import { runAndRead } from '../../scripts/lib/suites.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'quanta-'));
const report = path.join(folder, 'report.json');

afterAll(() => rmSync(folder, { recursive: true }));

const vitestReport = (passed: number, failed: number, skipped = 0) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
  });

/** Runs a suite that writes this report, if any, and then ends as the script says. */
const runSuite = (script: string, text?: string) => {
  const write =
    text === undefined ? '' : `fs.writeFileSync(${JSON.stringify(report)}, \`${text}\`);`;
  const step = { command: process.execPath, args: ['-e', `${write}${script}`] };
  return runAndRead({ report, read: readVitest, steps: [step] });
};

describe('a suite that', () => {
  test('passes counts its tests', async () => {
    const counts = await runSuite('', vitestReport(3, 0, 1));
    expect(counts).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });

  test('has failed tests counts them, and not its exit code once more', async () => {
    const counts = await runSuite('process.exit(1)', vitestReport(3, 2));
    expect(counts).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  test('is killed before it reports counts as failed', async () => {
    const counts = await runSuite("process.kill(process.pid, 'SIGKILL')");
    expect(counts).toMatchObject({ passed: 0, failed: 1 });
  });

  test('is killed after all its tests passed counts as failed', async () => {
    const counts = await runSuite("process.kill(process.pid, 'SIGKILL')", vitestReport(3, 0));
    expect(counts).toMatchObject({ passed: 3, failed: 1 });
  });

  test('ends well without a report counts as failed', async () => {
    expect(await runSuite('')).toMatchObject({ failed: 1, problem: 'ran no test' });
  });

  test('ends well but ran no test counts as failed', async () => {
    expect(await runSuite('', vitestReport(0, 0, 4))).toMatchObject({ failed: 1, skipped: 4 });
  });

  test('leaves a report that cannot be read counts as failed', async () => {
    expect(await runSuite('', '{')).toMatchObject({ failed: 1 });
  });

  test('left a report an hour ago and crashes now counts as failed', async () => {
    writeFileSync(report, vitestReport(9, 0));
    expect(await runSuite('process.exit(3)')).toMatchObject({ passed: 0, failed: 1 });
  });

  test('cannot be started counts as failed', async () => {
    const steps = [{ command: path.join(folder, 'no-such-runner'), args: [] }];
    const counts = await runAndRead({ report, read: readVitest, steps });
    expect(counts).toMatchObject({ passed: 0, failed: 1 });
  });

  test('fails in an early step does not run the later ones', async () => {
    const later = `fs.writeFileSync(${JSON.stringify(report)}, \`${vitestReport(1, 0)}\`)`;
    const steps = ['process.exit(2)', later].map((script) => ({
      command: process.execPath,
      args: ['-e', script],
    }));
    const counts = await runAndRead({ report, read: readVitest, steps });
    expect(counts).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('the reports', () => {
  test('of ctest are read', () => {
    const suite = '<testsuite name="x" tests="7" failures="1" disabled="1" skipped="2" time="0">';
    expect(readJunit(`<?xml version="1.0"?>\n${suite}</testsuite>`)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 3,
    });
  });

  test('of ctest are refused when they say nothing', () => {
    expect(() => readJunit('<testsuites></testsuites>')).toThrow('no JUnit report');
  });

  test('of Playwright count a flaky test as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(readPlaywright(JSON.stringify({ stats }))).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  test('of Playwright are refused when a number is missing', () => {
    expect(() => readPlaywright('{"stats":{}}')).toThrow('no number "expected"');
  });
});

describe('the sum', () => {
  const passing = { passed: 2, failed: 0, skipped: 0 };

  test('ends with one line', () => {
    expect(summaryLine(total([passing, passing]))).toBe('4 passed, 0 failed');
    expect(summaryLine(total([passing, { ...passing, skipped: 3 }]))).toBe(
      '4 passed, 0 failed, 3 skipped',
    );
  });

  test('counts a crashed suite among the failed', () => {
    const crashed = outcome({ exitCode: 139, counts: undefined });
    expect(summaryLine(total([passing, crashed]))).toBe('2 passed, 1 failed');
  });
});
