// @ts-check
// `quanta vad`: where somebody speaks in files.
import { voiceAssets, voiceModules } from '../lib/voice.mjs';
import { openAudio } from './audio-file.mjs';
import { UsageError } from './errors.mjs';
import { JSON_OUTPUT, PARTIAL } from './options.mjs';
import { badSampleLines, cutShortLines, describeFormat, formatOf } from './wav/describe.mjs';
import { readVoice, VOICE_HZ } from './wav/voice.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('../../web/lib/vad/index.ts').VadProcessor} VadProcessor */
/** @typedef {import('../../web/lib/vad/index.ts').FoundSegment} FoundSegment */
/** @typedef {import('../../web/lib/vad/index.ts').VadPreset} VadPreset */
/** @typedef {{ preset: VadPreset, threshold: number }} Settings */

const PRESETS = /** @type {const} */ (['dictation', 'conversation', 'command']);
const THRESHOLDS = { min: 0.05, max: 0.95, usual: 0.5 };
const FRAME_SAMPLES = 512;

/**
 * @param {Request['values']} values
 * @returns {Settings}
 */
function settingsOf({ preset: typedPreset = PRESETS[0], threshold: typed }) {
  const preset = PRESETS.find((name) => name === typedPreset);
  if (preset === undefined) {
    throw new UsageError(`--preset takes ${PRESETS.join(', ')}, was ${String(typedPreset)}`);
  }
  const { min, max, usual } = THRESHOLDS;
  const threshold = typed === undefined || typed === '' ? usual : Number(typed);
  if (typed === '' || !(threshold >= min && threshold <= max)) {
    const was = typed === '' ? 'nothing' : String(typed);
    throw new UsageError(`--threshold takes a number from ${min} to ${max}, was ${was}`);
  }
  return { preset, threshold };
}

/** @param {number} value */
const shortened = (value) => Math.round(value * 1e4) / 1e4;

/** @param {number} samples */
const secondsOf = (samples) => samples / VOICE_HZ;

/** @param {FoundSegment} segment */
function entryOf({ startSample, endSample, speechFrames, isCut }) {
  const end = endSample ?? startSample;
  return {
    startSeconds: shortened(secondsOf(startSample)),
    endSeconds: shortened(secondsOf(end)),
    speechSeconds: shortened(secondsOf(speechFrames * FRAME_SAMPLES)),
    isCut,
  };
}

/** @param {number} seconds */
const column = (seconds) => `${seconds.toFixed(3).padStart(10)} s`;

/** @param {ReturnType<typeof entryOf>} entry */
const rowOf = ({ startSeconds, endSeconds, speechSeconds, isCut }) =>
  `${column(startSeconds)}${column(endSeconds)}${column(endSeconds - startSeconds)}` +
  `${column(speechSeconds)}${isCut ? '  cut' : ''}`;

/** @param {readonly ReturnType<typeof entryOf>[]} segments */
function tableOf(segments) {
  if (segments.length === 0) return ['  no speech'];
  const heads = ['from', 'to', 'length', 'speech'].map((head) => head.padStart(12));
  return [heads.join(''), ...segments.map(rowOf)];
}

/**
 * @param {string} file
 * @param {VadProcessor} vad
 * @param {Settings} settings
 * @param {Request} request
 * @param {Job} job
 */
async function detectIn(file, vad, settings, { values, pathOf }, { report, signal }) {
  const reader = await openAudio(pathOf(file), { partial: values['partial'] === true });
  try {
    const { samples, badSamples } = await readVoice(reader, signal);
    const { frames, segments } = await vad.analyze(samples);
    const entries = segments.map(entryOf);
    const probabilities = frames.map(({ probability }) => shortened(probability));
    const result = {
      ...formatOf(reader),
      ...{ badSamples, ...settings, segments: entries },
      ...{ frameSeconds: secondsOf(FRAME_SAMPLES), probabilities },
    };
    report.add(file, result, [
      `${file}: ${describeFormat(reader)}`,
      ...cutShortLines(reader),
      ...badSampleLines(badSamples),
      ...tableOf(entries),
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
async function detectInFiles(settings, request, job) {
  const { VadProcessor } = await voiceModules();
  const vad = new VadProcessor({ ...settings, assets: voiceAssets() });
  for (const file of request.operands) {
    await job.report.attempt(file, () => detectIn(file, vad, settings, request, job));
  }
}

/** @type {import('./commands.mjs').Command} */
export const vad = {
  name: 'vad',
  operands: 'FILE...',
  summary: 'where somebody speaks in WAV, FLAC and Ogg files',
  details: `The page's voice detector, Silero VAD, on the mean of all channels at 16 kHz: a probability for
each 32 ms, and the stretches of speech that they make. A stretch begins 0.77 s before the speech
that was found, for what is quiet at its beginning, and ends with some of the silence behind it; a
pause of 0.64 s ends it (dictation), of 0.45 s (conversation) or of 0.19 s (command). What becomes
longer than 15 s is cut where speech is least likely.

With --json: {schema: 1, command: "vad", files: [...]}, for each file
  {file, ok: true, rateHz, channels, encoding, frames, seconds, promisedFrames, badSamples,
   preset, threshold, segments: [{startSeconds, endSeconds, speechSeconds, isCut}],
   frameSeconds, probabilities: [...]}
or {file, ok: false, error: {code, message}}. Times and probabilities have four decimals.`,
  options: {
    preset: {
      type: 'string',
      value: 'NAME',
      help: `${PRESETS.join(', ')}; ${PRESETS[0]} by default`,
    },
    threshold: {
      type: 'string',
      value: 'X',
      help: `from which probability on it is speech; ${THRESHOLDS.usual} by default`,
    },
    ...PARTIAL,
    ...JSON_OUTPUT,
  },

  plan(request) {
    if (request.operands.length === 0) throw new UsageError('vad takes one file or more');
    const settings = settingsOf(request.values);
    return (job) => detectInFiles(settings, request, job);
  },
};
