// @ts-check
// `quanta analyze`: the partials of a file, window by window.
import { OfflineEngine } from './engine.mjs';
import { FileError, UsageError } from './errors.mjs';
import { centsOf, noteOf } from './notes.mjs';
import { offlineConstants } from './offline.gen.mjs';
import {
  assertHasChannel,
  CHANNEL,
  channelOf,
  JSON_OUTPUT,
  PARTIAL,
  wholeNumber,
} from './options.mjs';
import { badSampleLines, cutShortLines, describeFormat, formatOf } from './wav/describe.mjs';
import { WavReader } from './wav/reader.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('./engine.mjs').WindowReadings} WindowReadings */
/** @typedef {import('./engine.mjs').PartialReadings} PartialReadings */
/** @typedef {{ windowFrames: number, hopFrames: number, channel: number }} Settings */
/** @typedef {ReturnType<typeof windowOf>} Window */

const DEFAULT_WINDOW = 32_768;
const WINDOWS = { min: offlineConstants.minWindowFrames, max: offlineConstants.maxWindowFrames };
const HOPS = { min: 1, max: 2 ** 31 - 1 };

/**
 * What the engine's transform takes: see RealFft::is_size().
 * @param {number} frames
 */
function isWindow(frames) {
  let rest = frames;
  for (const radix of [2, 3, 5]) while (rest % radix === 0) rest /= radix;
  return rest === 1 && frames % 4 === 0;
}

/**
 * @param {Request['values']} values
 * @returns {Settings}
 */
function settingsOf(values) {
  const { window, hop } = values;
  const windowFrames = wholeNumber('window', String(window ?? DEFAULT_WINDOW), WINDOWS);
  if (!isWindow(windowFrames)) {
    throw new UsageError(
      `--window takes a multiple of 4 without other factors than 2, 3 and 5, was ${windowFrames}`,
    );
  }
  const hopFrames = hop === undefined ? windowFrames / 2 : wholeNumber('hop', String(hop), HOPS);
  return { windowFrames, hopFrames, channel: channelOf(values) };
}

/** @param {PartialReadings} partial */
function partialOf({ frequencyHz, errorHz, levelDbfs, phase, harmonic }) {
  return {
    frequencyHz,
    errorHz,
    ...noteOf(frequencyHz),
    errorCents: centsOf(frequencyHz, errorHz),
    levelDbfs,
    phase,
    harmonic: harmonic === 0 ? null : harmonic,
  };
}

/** @param {WindowReadings} readings */
function fundamentalOf({ fundamentalHz, fundamentalErrorHz, ...series }) {
  if (fundamentalHz === 0) return null;
  return {
    frequencyHz: fundamentalHz,
    errorHz: fundamentalErrorHz,
    ...noteOf(fundamentalHz),
    errorCents: centsOf(fundamentalHz, fundamentalErrorHz),
    inharmonicity: series.inharmonicity,
    inharmonicityError: series.inharmonicityError,
  };
}

/**
 * @param {{ readings: WindowReadings, partials: PartialReadings[] }} analyzed
 * @param {number} rateHz
 */
const windowOf = ({ readings, partials }, rateHz) => ({
  centreFrame: readings.centreFrame,
  centreSeconds: readings.centreFrame / rateHz,
  fundamental: fundamentalOf(readings),
  partials: partials.map(partialOf),
});

/** @param {number} value */
const signed = (value) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

/** @param {{ frequencyHz: number, errorHz: number, note: string, cents: number, errorCents: number }} tone */
const toneText = ({ frequencyHz, errorHz, note, cents, errorCents }) =>
  `${frequencyHz.toFixed(6).padStart(13)} Hz ±${errorHz.toExponential(1)}` +
  `  ${note.padEnd(3)} ${signed(cents).padStart(8)} cents ±${errorCents.toExponential(1)}`;

/** @param {Window} window */
function windowLines({ centreSeconds, fundamental, partials }) {
  const title = `  at ${centreSeconds.toFixed(6)} s`;
  if (fundamental === null) return [`${title}: no partial`];
  const { inharmonicity, inharmonicityError } = fundamental;
  const stretch = `B ${inharmonicity.toExponential(3)} ±${inharmonicityError.toExponential(1)}`;
  return [
    `${title}: fundamental${toneText(fundamental)}  ${stretch}`,
    ...partials.map((partial) => {
      const harmonic = partial.harmonic === null ? '' : `  harmonic ${partial.harmonic}`;
      const level = `${partial.levelDbfs.toFixed(2).padStart(8)} dBFS`;
      return `   ${toneText(partial)} ${level}  phase ${signed(partial.phase)}${harmonic}`;
    }),
  ];
}

/**
 * @param {OfflineEngine} engine
 * @param {WavReader} reader
 * @param {Settings} settings
 * @param {AbortSignal} [signal]
 */
async function analyzed(engine, reader, settings, signal) {
  assertHasChannel(reader.format, settings.channel);
  const { windowFrames } = settings;
  if (reader.frames < windowFrames) {
    const found = `${reader.frames} frames, the window has ${windowFrames}`;
    throw new FileError(
      'too-short',
      `is too short: it has ${found} (--window takes a shorter one)`,
    );
  }
  /** @type {Window[]} */
  const windows = [];
  let badSamples = 0;
  for await (const window of engine.analyze(reader, settings, signal)) {
    windows.push(windowOf(window, reader.format.rateHz));
    ({ badSamples } = window.readings);
  }
  return { windows, badSamples };
}

/**
 * @param {OfflineEngine} engine
 * @param {string} file
 * @param {Settings} settings
 * @param {Request} request
 * @param {Job} job
 */
async function analyzeFile(engine, file, settings, { values, pathOf }, { report, signal }) {
  const { windowFrames, hopFrames } = settings;
  const reader = await WavReader.open(pathOf(file), { partial: values['partial'] === true });
  try {
    const { windows, badSamples } = await analyzed(engine, reader, settings, signal);
    const result = { ...formatOf(reader), windowFrames, hopFrames, badSamples, windows };
    report.add(file, result, [
      `${file}: ${describeFormat(reader)}`,
      ...cutShortLines(reader),
      ...badSampleLines(badSamples),
      `  windows of ${windowFrames} frames, every ${hopFrames}: ${windows.length}`,
      ...windows.flatMap(windowLines),
    ]);
  } finally {
    await reader.close();
  }
}

/**
 * @param {Settings} settings
 * @param {Request} request
 * @param {Job} job
 */
async function analyzeFiles(settings, request, job) {
  const engine = await OfflineEngine.load();
  for (const file of request.operands) {
    await job.report.attempt(file, () => analyzeFile(engine, file, settings, request, job));
  }
}

/** @type {import('./commands.mjs').Command} */
export const analyze = {
  name: 'analyze',
  operands: 'FILE...',
  summary: 'the partials and the fundamental of WAV files, window by window',
  details: `The analysis of the live engine: a Kaiser window, a Fourier transform, up to 32 partials that
stand 15 dB out of the noise, each refined by maximum likelihood, and the harmonic series that
they make. Windows lie wholly in the file; the first begins with its first frame. Cents are from
the nearest note (A4 = 440 Hz), ± is a standard deviation under the noise that was measured, the
phase is that of a cosine at the window's centre in radians, and B is the inharmonicity of a
stiff string, whose partial n lies at n f sqrt(1 + B n^2); 0 where it does not show.
A window has ${WINDOWS.min} to ${WINDOWS.max} frames, a multiple of 4 without other factors than 2, 3 and 5:
1024, 4800, 32768, 48000. Partials are told apart from about 8 rate / window apart.

With --json: {schema: 1, command: "analyze", files: [...]}, for each file
  {file, ok: true, rateHz, channels, encoding, frames, seconds, promisedFrames,
   windowFrames, hopFrames, badSamples,
   windows: [{centreFrame, centreSeconds,
     fundamental: null or {frequencyHz, errorHz, note, cents, errorCents,
       inharmonicity, inharmonicityError},
     partials: [{frequencyHz, errorHz, note, cents, errorCents, levelDbfs, phase,
       harmonic: number or null}]}]}
or {file, ok: false, error: {code, message}}.`,
  options: {
    window: {
      type: 'string',
      value: 'FRAMES',
      help: `length of a window; ${DEFAULT_WINDOW} by default`,
    },
    hop: {
      type: 'string',
      value: 'FRAMES',
      help: 'from one window to the next; by default half a window',
    },
    ...CHANNEL,
    ...PARTIAL,
    ...JSON_OUTPUT,
  },

  plan(request) {
    if (request.operands.length === 0) throw new UsageError('analyze takes one file or more');
    const settings = settingsOf(request.values);
    return (job) => analyzeFiles(settings, request, job);
  },
};
