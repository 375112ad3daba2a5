// @ts-check
// `quanta meter`: the levels and the loudness of files.
import { OfflineEngine } from './engine.mjs';
import { UsageError } from './errors.mjs';
import { JSON_OUTPUT, PARTIAL } from './options.mjs';
import { rounded, withUnit } from './report.mjs';
import { badSampleLines, cutShortLines, describeFormat, formatOf } from './wav/describe.mjs';
import { placesOf } from './wav/places.mjs';
import { WavReader } from './wav/reader.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('./engine.mjs').MeterReadings} MeterReadings */

/** @type {readonly { title: string, name: keyof MeterReadings, unit: string }[]} */
const ROWS = [
  { title: 'peak', name: 'peakDbfs', unit: 'dBFS' },
  { title: 'true peak', name: 'truePeakDbtp', unit: 'dBTP' },
  { title: 'RMS', name: 'rmsDbfs', unit: 'dBFS' },
  { title: 'max momentary', name: 'maxMomentaryLufs', unit: 'LUFS' },
  { title: 'max short-term', name: 'maxShortTermLufs', unit: 'LUFS' },
  { title: 'integrated', name: 'integratedLufs', unit: 'LUFS' },
  { title: 'loudness range', name: 'rangeLu', unit: 'LU' },
];

/** @param {Readonly<Record<string, number>>} readings */
const roundedAll = (readings) =>
  Object.fromEntries(Object.entries(readings).map(([name, value]) => [name, rounded(value)]));

/**
 * @param {WavReader} reader
 * @param {Awaited<ReturnType<OfflineEngine['measure']>>} measured
 */
function resultOf(reader, { readings, channels }) {
  const places = placesOf(reader.format.channelMask, channels.length);
  return {
    ...formatOf(reader),
    ...roundedAll(readings),
    channelReadings: channels.map((channel, i) => ({ place: places[i], ...roundedAll(channel) })),
  };
}

/**
 * @param {string} file
 * @param {WavReader} reader
 * @param {MeterReadings} readings
 */
function linesOf(file, reader, readings) {
  return [
    `${file}: ${describeFormat(reader)}`,
    ...cutShortLines(reader),
    ...badSampleLines(readings.badSamples),
    ...ROWS.map(
      ({ title, name, unit }) => `  ${title.padEnd(15)}${withUnit(readings[name], unit)}`,
    ),
  ];
}

/**
 * @param {OfflineEngine} engine
 * @param {string} file
 * @param {Request} request
 * @param {Job} job
 */
async function meterFile(engine, file, { values, pathOf }, { report, signal }) {
  const reader = await WavReader.open(pathOf(file), { partial: values['partial'] === true });
  try {
    const measured = await engine.measure(reader, signal);
    report.add(file, resultOf(reader, measured), linesOf(file, reader, measured.readings));
  } finally {
    await reader.close();
  }
}

/**
 * @param {Request} request
 * @param {Job} job
 */
async function meterFiles(request, job) {
  const engine = await OfflineEngine.load();
  for (const file of request.operands) {
    await job.report.attempt(file, () => meterFile(engine, file, request, job));
  }
}

/** @type {import('./commands.mjs').Command} */
export const meter = {
  name: 'meter',
  operands: 'FILE...',
  summary: 'peak, RMS, true peak and loudness of WAV files',
  details: `Levels are over the whole file, relative to full scale; a full sine has an RMS of -3.01 dBFS.
True peak and loudness follow ITU-R BS.1770-4, EBU Tech 3341 and EBU Tech 3342: the loudest
400 ms (momentary), the loudest 3 s (short-term), the gated whole (integrated), and the range.
Channels weigh as the file's channel mask places them; without a mask, up to 8 channels lie as
usual. A channel without a place weighs 1.

With --json: {schema: 1, command: "meter", files: [...]}, for each file
  {file, ok: true, rateHz, channels, encoding, frames, seconds, promisedFrames,
   peakDbfs, truePeakDbtp, rmsDbfs, maxMomentaryLufs, maxShortTermLufs, integratedLufs, rangeLu,
   badSamples, channelReadings: [{place, peakDbfs, truePeakDbtp, rmsDbfs, weight}]}
or {file, ok: false, error: {code, message}}. Levels have two decimals; null is the level of
silence. promisedFrames is null unless the file is cut short.`,
  options: { ...PARTIAL, ...JSON_OUTPUT },

  plan(request) {
    if (request.operands.length === 0) throw new UsageError('meter takes one file or more');
    return (job) => meterFiles(request, job);
  },
};
