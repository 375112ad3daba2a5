// @ts-check
// The command line of the certificate.
import fs from 'node:fs';
import { buildEngine } from '../lib/build-engine.mjs';
import { buildPage } from '../lib/build-page.mjs';
import { jsonText, writeOutput } from '../lib/output-file.mjs';
import { CommandError } from '../lib/run.mjs';
import { setup } from '../lib/setup.mjs';
import { certificateOf, isUntouched } from './certificate.mjs';
import { certifyOptions, USAGE } from './options.mjs';
import { certificateLines, certificatePage } from './report.mjs';

/** @param {string} file */
function verify(file) {
  if (!fs.existsSync(file)) throw new CommandError(`There is no ${file}.`);
  const untouched = isUntouched(fs.readFileSync(file, 'utf8'));
  console.log(untouched ? 'The certificate is as it was written.' : 'The certificate was ALTERED.');
  return untouched ? 0 : 1;
}

/** Tells every tenth of the way. */
function makeProgress() {
  let told = 0;
  return (/** @type {number} */ quanta, /** @type {number} */ of) => {
    const tenths = Math.floor((10 * quanta) / of);
    if (tenths <= told) return;
    told = tenths;
    console.log(`${quanta} of ${of} quanta`);
  };
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function main(args) {
  const options = certifyOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (options.verify !== null) return verify(options.verify);
  await setup('test');
  await buildEngine();
  await buildPage();
  const { runCertified } = await import('./run.mjs');
  const certificate = certificateOf(await runCertified(options, makeProgress()), options.control);
  console.log(`${certificateLines(certificate).join('\n')}\n`);
  writeOutput(options.json, jsonText(certificate));
  writeOutput(options.html, certificatePage(certificate));
  return certificate.verdict === 'pass' ? 0 : 1;
}
