// @ts-check
// The certificate as data, signed off so that an altered file is noticed.
import { createHash } from 'node:crypto';
import { machine } from '../lib/machine.mjs';
import { CommandError } from '../lib/run.mjs';
import { distributionOf } from '../soak/record.mjs';
import { checksOf } from './checks.mjs';

/** @typedef {import('./checks.mjs').Check} Check */
/** @typedef {import('./run.mjs').CertifiedRun} CertifiedRun */

const SCHEMA = 1;
/** Ten minutes at 48 kHz in quanta of 128 frames; less is no full certificate. */
const FULL_QUANTA = 225_000;

/**
 * @typedef {object} SignedOff
 * @property {'npm run certify'} by
 * @property {'sha256'} algorithm
 * @property {string} over
 * @property {string} digest
 */

/** @typedef {ReturnType<typeof contentOf>} Content */
/** @typedef {Content & { signedOff: SignedOff }} Certificate */

/** @param {Buffer} bytes */
const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * @param {CertifiedRun} run
 * @param {string | null} control
 */
function contentOf(run, control) {
  const checks = checksOf(run);
  const { trace, heap, record, browser, quanta, files } = run;
  const { handOffMs, ...books } = record;
  return {
    schema: SCHEMA,
    kind: 'zero-gc certificate',
    verdict: checks.every(({ met }) => met) ? 'pass' : 'fail',
    full: quanta >= FULL_QUANTA,
    control,
    checks,
    quanta,
    quantumUs: distributionOf(trace.quantaUs),
    collections: trace.collections,
    heap,
    books,
    handOffMs: distributionOf(handOffMs),
    files,
    machine: machine(),
    browser,
    node: process.version,
    commit: run.commit,
    date: new Date().toISOString(),
  };
}

/**
 * JSON with its keys in order and no space, so that the same content is the same text.
 * @param {unknown} value
 * @returns {string}
 */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const texts = entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
  return `{${texts.join(',')}}`;
}

/**
 * @param {object} content
 * @returns {SignedOff}
 */
const signatureOf = (content) => ({
  by: 'npm run certify',
  algorithm: 'sha256',
  over: 'everything but this block, as JSON without spaces and with sorted keys',
  digest: digestOf(Buffer.from(canonicalJson(content))),
});

/**
 * @param {CertifiedRun} run
 * @param {string | null} control
 * @returns {Certificate}
 */
export function certificateOf(run, control) {
  const content = contentOf(run, control);
  return { ...content, signedOff: signatureOf(content) };
}

/**
 * Whether a certificate is as it was written. Who changes it and signs it anew is not found out: a
 * digest is no key.
 * @param {string} text
 * @throws {CommandError} where it is no certificate at all
 */
export function isUntouched(text) {
  const { signedOff, ...content } = parsed(text);
  return signedOff.digest === signatureOf(content).digest;
}

/**
 * @param {string} text
 * @returns {Certificate}
 */
function parsed(text) {
  try {
    const data = /** @type {Certificate} */ (JSON.parse(text));
    if (typeof data.signedOff.digest === 'string') return data;
    throw new TypeError('it is not signed off');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`The file is no certificate: ${reason}.`);
  }
}
