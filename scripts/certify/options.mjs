// @ts-check
// What `npm run certify` is asked for.
import { parseArgs } from 'node:util';
import { calledPath } from '../lib/output-file.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';

export const USAGE = `Usage: npm run certify -- [--minutes N] [--json FILE] [--html FILE]
       npm run certify -- --verify FILE

Runs the built page in Chromium with everything on, and writes what became of every allocation and
every sample.

  --minutes N           length, 10 by default: 225 000 quanta
  --json FILE           the certificate, by default build/reports/certificate.json
  --html FILE           the same to read, by default build/reports/certificate.html
  --control allocating  serves a processor that makes garbage: it must not be certified
  --verify FILE         says whether a certificate is as it was written
  --help                this

Exit code 0: every check was met, or the file is as it was written. 1: not.
`;

const MAX_MINUTES = 24 * 60;
const CONTROLS = ['allocating'];

/**
 * @typedef {object} CertifyOptions
 * @property {boolean} help
 * @property {number} minutes
 * @property {string} json
 * @property {string} html
 * @property {string | null} control
 * @property {string | null} verify
 */

/**
 * @param {readonly string[]} args
 * @returns {CertifyOptions}
 * @throws {CommandError}
 */
export function certifyOptions(args) {
  const { help, minutes, json, html, control, verify } = parse(args);
  if (control !== undefined && !CONTROLS.includes(control)) {
    throw new CommandError(`--control takes ${CONTROLS.join(' or ')}, was ${control}.`);
  }
  return {
    help,
    minutes: minutesOf(minutes),
    json: fileOf(json, 'certificate.json'),
    html: fileOf(html, 'certificate.html'),
    control: control ?? null,
    verify: verify === undefined ? null : calledPath(verify),
  };
}

/** @param {string} text */
function minutesOf(text) {
  const value = Number(text);
  if (value > 0 && value <= MAX_MINUTES) return value;
  throw new CommandError(`--minutes takes a number above 0, up to ${MAX_MINUTES}, was ${text}.`);
}

/**
 * @param {string | undefined} file
 * @param {string} name in its usual place
 */
const fileOf = (file, name) =>
  file === undefined ? fromRoot('build/reports', name) : calledPath(file);

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', default: false },
        minutes: { type: 'string', default: '10' },
        json: { type: 'string' },
        html: { type: 'string' },
        control: { type: 'string' },
        verify: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
