// @ts-check
// `quanta resample`: a file at another rate.
import { statSync } from 'node:fs';
import { layoutConstant } from '../lib/engine-module.mjs';
import { OfflineEngine } from './engine.mjs';
import { systemCode, UsageError } from './errors.mjs';
import { JSON_OUTPUT, PARTIAL, wholeNumber } from './options.mjs';
import {
  badSampleLines,
  cutShortLines,
  describeFormat,
  formatOf,
  lengthText,
} from './wav/describe.mjs';
import { WavReader } from './wav/reader.mjs';
import { WavWriter } from './wav/writer.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */

/**
 * @typedef {object} Target
 * @property {string} output the result's name as typed
 * @property {string} path
 * @property {number} rateHz
 */

const VOICE_HZ = layoutConstant('chunkRateHz');
const RATES = { min: layoutConstant('minRateHz'), max: layoutConstant('maxRateHz') };

/**
 * What two names of one file have in common.
 * @param {string} path
 * @returns {string}
 */
function identityOf(path) {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    // What is wrong with it is said by whoever opens it; until then it is another file.
    return path;
  }
}

/**
 * @param {string} input
 * @param {string} output
 */
function assertDifferent(input, output) {
  if (identityOf(input) !== identityOf(output)) return;
  throw new UsageError('resample cannot write its result in place of its input');
}

/**
 * @param {WavReader} reader
 * @param {Target} target
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ frames: number, badSamples: number }>}
 */
async function resampleTo(reader, { path, rateHz }, signal) {
  const engine = await OfflineEngine.load();
  const { channels, channelMask } = reader.format;
  const { frames, blocks } = engine.resample(reader, rateHz, signal);
  const content = { rateHz, channels, channelMask, frames };
  const writer = await WavWriter.create(path, content);
  try {
    for await (const block of blocks()) await writer.write(block);
    await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return { frames, badSamples: engine.badSamples };
}

/**
 * @param {string} input
 * @param {Target} target
 * @param {Request} request
 * @param {Job} job
 */
async function resampleFile(input, target, { values, pathOf }, { report, signal }) {
  const { output, rateHz } = target;
  const reader = await WavReader.open(pathOf(input), { partial: values['partial'] === true });
  try {
    const { frames, badSamples } = await resampleTo(reader, target, signal);
    const result = { ...formatOf(reader), output: { file: output, rateHz, frames, badSamples } };
    report.add(input, result, [
      `${input}: ${describeFormat(reader)}`,
      ...cutShortLines(reader),
      ...badSampleLines(badSamples),
      `${output}: ${rateHz} Hz, float32, ${frames} frames, ${lengthText(frames, rateHz)}`,
    ]);
  } finally {
    await reader.close();
  }
}

/** @type {import('./commands.mjs').Command} */
export const resample = {
  name: 'resample',
  operands: 'IN.wav OUT.wav',
  summary: 'a WAV file at another sample rate, as 32-bit floats',
  details: `The resampler of the voice ring, on every channel: flat to 0.45 of the lower rate, aliases at
least 105 dB down from 0.55 of it. Without delay: frame k of the result is the input at the
instant of k / rate. The result is as long as the input to the nearest frame, halves up:
frames * rate / input's rate. OUT.wav is replaced if it is there, and only once it is complete.

With --json: {schema: 1, command: "resample", files: [...]} with
  {file, ok: true, rateHz, channels, encoding, frames, seconds, promisedFrames,
   output: {file, rateHz, frames, badSamples}}
or {file, ok: false, error: {code, message}}.`,
  options: {
    rate: {
      type: 'string',
      value: 'HZ',
      help: `sample rate of the result, ${RATES.min} to ${RATES.max}; ${VOICE_HZ} by default`,
    },
    ...PARTIAL,
    ...JSON_OUTPUT,
  },

  plan(request) {
    const [input, output, ...more] = request.operands;
    if (input === undefined || output === undefined || more.length > 0) {
      throw new UsageError('resample takes two names: of the file and of the result');
    }
    const rateHz = wholeNumber('rate', String(request.values['rate'] ?? VOICE_HZ), RATES);
    const path = request.pathOf(output);
    assertDifferent(request.pathOf(input), path);
    const target = { output, path, rateHz };
    return (job) =>
      job.report.attempt(input, () => resampleFile(input, target, request, job), output);
  },
};
