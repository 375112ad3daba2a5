// @ts-check
// `quanta delay`: by how much one file lags another.
import { combine, delayParts, maxDelayOf, partFrames } from './delay-parts.mjs';
import { OfflineEngine } from './engine.mjs';
import { FileError, UsageError } from './errors.mjs';
import { offlineConstants } from './offline.gen.mjs';
import { assertHasChannel, CHANNEL, channelOf, JSON_OUTPUT, PARTIAL } from './options.mjs';
import { badSampleLines, cutShortLines, describeFormat } from './wav/describe.mjs';
import { MonoReader } from './wav/mono.mjs';
import { WavReader } from './wav/reader.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('./engine.mjs').DelayReadings} DelayReadings */
/** @typedef {{ file: string, reader: WavReader }} Opened */

const MAX_DELAY = maxDelayOf(offlineConstants.maxDelayFrames);

/**
 * @param {Opened} first
 * @param {Opened} second
 * @param {number} channel
 * @param {AbortSignal} [signal]
 */
async function measured(first, second, channel, signal) {
  const engine = await OfflineEngine.load();
  const [a, b] = [first, second].map(({ reader }) => new MonoReader(reader, channel));
  if (a === undefined || b === undefined) throw new Error('There are two files.');
  /** @type {DelayReadings[]} */
  const parts = [];
  for await (const part of delayParts(engine, a, b, signal)) parts.push(part);
  const delay = combine(parts);
  if (delay === null) {
    const reach = maxDelayOf(partFrames(Math.max(a.frames, b.frames)));
    const where = `within ${reach} frames either way`;
    throw new FileError('unrelated', `has nothing of ${first.file} in it, ${where}`);
  }
  const badSamples = parts.reduce((sum, part) => sum + part.badSamples, 0);
  return { ...delay, parts: parts.length, badSamples };
}

/**
 * @param {Opened} first
 * @param {Opened} second
 * @param {Awaited<ReturnType<typeof measured>>} delay
 */
function resultOf(first, second, delay) {
  const { rateHz } = second.reader.format;
  const { frames, errorFrames, coherence, inverted, parts, agreeingParts, badSamples } = delay;
  const ms = 1000 / rateHz;
  return {
    reference: first.file,
    rateHz,
    delayFrames: frames,
    errorFrames,
    delayMs: frames * ms,
    errorMs: errorFrames * ms,
    ...{ inverted, coherence, parts, agreeingParts, badSamples },
  };
}

/**
 * @param {Opened} first
 * @param {Opened} second
 * @param {ReturnType<typeof resultOf>} result
 */
function linesOf(first, second, result) {
  const { delayFrames, errorFrames, delayMs, errorMs, inverted, coherence } = result;
  const { parts, agreeingParts, badSamples } = result;
  const about = (/** @type {Opened} */ { file, reader }) => [
    `${file}: ${describeFormat(reader)}`,
    ...cutShortLines(reader),
  ];
  return [
    ...about(first),
    ...about(second),
    ...badSampleLines(badSamples),
    `  delay      ${delayFrames.toFixed(5)} samples ±${errorFrames.toExponential(1)}`,
    `             ${delayMs.toFixed(6)} ms ±${errorMs.toExponential(1)}`,
    `  polarity   ${inverted ? 'inverted' : 'the same'}`,
    `  coherence  ${coherence.toFixed(4)}`,
    `  parts      ${agreeingParts} of ${parts} agree`,
  ];
}

/**
 * @param {Opened} first
 * @param {Opened} second
 * @param {number} channel
 * @param {Job} job
 */
async function compare(first, second, channel, { report, signal }) {
  assertHasChannel(second.reader.format, channel);
  const [a, b] = [first.reader.format.rateHz, second.reader.format.rateHz];
  if (a !== b) {
    const resample = 'quanta resample brings them together';
    throw new FileError('rate-differs', `has ${b} Hz, ${first.file} ${a} Hz (${resample})`);
  }
  const result = resultOf(first, second, await measured(first, second, channel, signal));
  report.add(second.file, result, linesOf(first, second, result));
}

/**
 * Opens a file, and reports under its name what fails.
 * @param {string} file
 * @param {Request} request
 * @param {Job} job
 * @param {(opened: Opened) => Promise<void>} work
 */
function withFile(file, { values, pathOf }, { report }, work) {
  return report.attempt(file, async () => {
    const reader = await WavReader.open(pathOf(file), { partial: values['partial'] === true });
    try {
      await work({ file, reader });
    } finally {
      await reader.close();
    }
  });
}

/** @type {import('./commands.mjs').Command} */
export const delay = {
  name: 'delay',
  operands: 'A.wav B.wav',
  summary: 'by how much B.wav lags A.wav, to a small part of a sample',
  details: `Positive: what both have in common comes later in B.wav. Both are of one rate and begin at the
same instant. The correlation under the phase transform finds the whole samples, the slope of the
phase over frequency the rest, weighted by coherence: the maximum likelihood estimate (Knapp and
Carter, 1976). Files are taken in parts of ${offlineConstants.maxDelayFrames} frames, shorter ones whole; the result is the
mean of the parts that agree with the surest one. ± is a standard deviation. Delays are looked for
within ${MAX_DELAY} samples either way, in short files within half of their length; two clocks that
drift apart are not followed.

With --json: {schema: 1, command: "delay", files: [...]} with
  {file: "B.wav", ok: true, reference: "A.wav", rateHz, delayFrames, errorFrames, delayMs, errorMs,
   inverted, coherence, parts, agreeingParts, badSamples}
or {file, ok: false, error: {code, message}}. coherence is its square's mean over the band: 1 where
B.wav is A.wav and nothing else, near 0 where little of it is.`,
  options: { ...CHANNEL, ...PARTIAL, ...JSON_OUTPUT },

  plan(request) {
    const [first, second, ...more] = request.operands;
    if (first === undefined || second === undefined || more.length > 0) {
      throw new UsageError('delay takes two names: of the file and of the later one');
    }
    const channel = channelOf(request.values);
    return (job) =>
      withFile(first, request, job, async (a) => {
        assertHasChannel(a.reader.format, channel);
        await withFile(second, request, job, (b) => compare(a, b, channel, job));
      });
  },
};
