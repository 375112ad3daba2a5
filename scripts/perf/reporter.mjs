// @ts-check
// A reporter of Playwright's that collects the parts which tests attach: of a run, and of blob reports
// that are merged.
import fs from 'node:fs';
import { ATTACHMENT } from './record.mjs';

/** @typedef {import('./record.mjs').Part} Part */

/** Where the parts are written. */
export const PARTS_ENV = 'PERF_PARTS';

export default class PartsReporter {
  /** @type {Part[]} @readonly */
  #parts = [];
  /** @type {string[]} @readonly */
  #failures = [];

  /**
   * @param {import('@playwright/test/reporter').TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, result) {
    if (result.status !== 'passed') this.#failures.push(`${test.title}: ${result.status}`);
    for (const { name, body, path } of result.attachments) {
      if (name !== ATTACHMENT) continue;
      const text = body ?? (path === undefined ? undefined : fs.readFileSync(path));
      if (text !== undefined) this.#parts.push(/** @type {Part} */ (JSON.parse(text.toString())));
    }
  }

  onEnd() {
    const file = process.env[PARTS_ENV];
    if (file === undefined) return;
    fs.writeFileSync(file, JSON.stringify({ parts: this.#parts, failures: this.#failures }));
  }

  printsToStdio() {
    return false;
  }
}
