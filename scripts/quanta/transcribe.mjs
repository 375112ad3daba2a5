// @ts-check
// `quanta transcribe`: what is said in files.
import { CommandError } from '../lib/run.mjs';
import { loadMoonshine, speechModules } from '../lib/speech.mjs';
import { DEFAULT_MODEL, modelNamed } from '../lib/speech-models.mjs';
import { voiceAssets, voiceModules } from '../lib/voice.mjs';
import { openAudio } from './audio-file.mjs';
import { UsageError } from './errors.mjs';
import { PARTIAL } from './options.mjs';
import { formatOf } from './wav/describe.mjs';
import { readVoice, VOICE_HZ } from './wav/voice.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('../lib/speech.mjs').SpeechModules} SpeechModules */
/** @typedef {import('../lib/speech.mjs').Moonshine} Moonshine */
/** @typedef {import('../../web/lib/stt/text-event.ts').FinalText} FinalText */
/** @typedef {import('../../web/lib/speech-segment.ts').SpeechSegment} SpeechSegment */
/** @typedef {import('../../web/lib/vad/index.ts').VadProcessor} VadProcessor */

/**
 * What transcribes files.
 * @typedef {object} Speech
 * @property {SpeechModules} modules
 * @property {Moonshine} model
 * @property {string} name of the model
 * @property {VadProcessor | null} vad null: files are taken as a whole
 */

const FORMATS = /** @type {const} */ (['text', 'srt', 'vtt', 'json']);
const ONE_FILE = ['srt', 'vtt'];
const DEFAULT_FORMAT = 'text';

/** Nobody waits for the end of a sentence here, and of longer stretches the model hears more. */
export const FILE_PAUSE_MS = 1500;

/** @param {Request['values']} values */
function formatNamed(values) {
  const typed = values['format'] ?? DEFAULT_FORMAT;
  const found = FORMATS.find((format) => format === typed);
  if (found !== undefined) return found;
  throw new UsageError(`--format takes ${FORMATS.join(', ')}, was ${String(typed)}`);
}

/** @param {Request['values']} values */
function modelOf(values) {
  try {
    return modelNamed(String(values['model'] ?? DEFAULT_MODEL));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new UsageError(error.message.replace(/\.$/, ''));
  }
}

/**
 * @param {Float32Array} samples
 * @param {VadProcessor | null} vad
 * @returns {Promise<readonly SpeechSegment[]>}
 */
async function segmentsIn(samples, vad) {
  if (vad !== null) return vad.segments(samples);
  const probabilities = new Float32Array();
  return [{ startSample: 0, endSample: samples.length, speechFrames: 0, probabilities }];
}

/**
 * The texts of a recording: of the stretches in which somebody speaks, or of the whole, cut where it is
 * too long for the model.
 * @param {Pick<Speech, 'modules' | 'model' | 'vad'>} speech
 * @param {Float32Array} samples
 * @returns {Promise<FinalText[]>}
 */
export async function transcribeSamples({ modules, model, vad }, samples) {
  const { FileAudio, Transcriber } = modules;
  /** @type {FinalText[]} */
  const texts = [];
  const transcriber = new Transcriber(model, new FileAudio(samples), (event) => {
    if (event.kind === 'final') texts.push(event);
  });
  for (const segment of await segmentsIn(samples, vad)) transcriber.update(segment);
  await transcriber.idle();
  return texts;
}

/** @param {FinalText} text */
const entryOf = ({ startMs, endMs, text, guard, timing }) => ({
  startMs,
  endMs,
  text,
  guard,
  encoderMs: timing.encoderMs,
  decoderMs: timing.decoderMs,
});

/**
 * @param {readonly FinalText[]} texts
 * @param {number} seconds of the file
 */
function realTimeFactor(texts, seconds) {
  const ms = texts.reduce((sum, { timing }) => sum + timing.encoderMs + timing.decoderMs, 0);
  return ms / 1000 / seconds;
}

/**
 * @param {string} file
 * @param {Speech} speech
 * @param {Request} request
 * @param {Job} job
 */
async function transcribeFile(file, speech, { operands, values, pathOf }, job) {
  const reader = await openAudio(pathOf(file), { partial: values['partial'] === true });
  try {
    const { samples, badSamples } = await readVoice(reader, job.signal);
    const texts = await transcribeSamples(speech, samples);
    const factor = realTimeFactor(texts, samples.length / VOICE_HZ);
    const captions = speech.modules.formatCaptions(texts, formatNamed(values));
    const heading = operands.length > 1 ? [`${file}:`] : [];
    const result = {
      ...formatOf(reader),
      ...{ badSamples, model: speech.name, realTimeFactor: Math.round(factor * 1e4) / 1e4 },
      texts: texts.map(entryOf),
    };
    job.report.add(file, result, [...heading, captions.replace(/\n$/, '')]);
  } finally {
    await reader.close();
  }
}

/**
 * @param {Request} request
 * @param {Job} job
 */
async function transcribeFiles(request, job) {
  const modules = await speechModules();
  const name = modelOf(request.values);
  const { VadProcessor } = await voiceModules();
  const settings = { minSilenceMs: FILE_PAUSE_MS, assets: voiceAssets() };
  const vad = request.values['whole'] === true ? null : new VadProcessor(settings);
  const model = await loadMoonshine(modules, name);
  try {
    for (const file of request.operands) {
      const speech = { modules, model, name, vad };
      await job.report.attempt(file, () => transcribeFile(file, speech, request, job));
    }
  } finally {
    await model.close();
  }
}

/** @type {import('./commands.mjs').Command} */
export const transcribe = {
  name: 'transcribe',
  operands: 'FILE...',
  summary: 'what is said in WAV, FLAC and Ogg files, in English',
  details: `The page's speech to text: Silero VAD finds where somebody speaks, Moonshine writes it down, on
the mean of all channels at 16 kHz. A pause of 1.5 s ends a stretch; one of more than 15 s is cut where
speech is least likely.
There are no times of words: the model gives none. The model is fetched the first time.

With --format json: {schema: 1, command: "transcribe", files: [...]}, for each file
  {file, ok: true, rateHz, channels, encoding, frames, seconds, promisedFrames, badSamples, model,
   realTimeFactor, texts: [{startMs, endMs, text, guard, encoderMs, decoderMs}]}
or {file, ok: false, error: {code, message}}. guard is null, or why a text was cut or dropped:
"repetition", "no-speech", "too-short". realTimeFactor is the model's time per time of sound.`,
  options: {
    model: { type: 'string', value: 'NAME', help: 'tiny (28 MB, the default) or base (63 MB)' },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'text (the default), srt, vtt (one file each) or json',
    },
    whole: { type: 'boolean', help: 'write down the whole file, silence and all' },
    ...PARTIAL,
  },
  isJson: ({ format }) => format === 'json',
  models: (values) => [modelOf(values)],

  plan(request) {
    const { operands, values } = request;
    const format = formatNamed(values);
    modelOf(values);
    if (operands.length === 0) throw new UsageError('transcribe takes one file or more');
    if (operands.length > 1 && ONE_FILE.includes(format)) {
      throw new UsageError(`--format ${format} takes one file`);
    }
    return (job) => transcribeFiles(request, job);
  },
};
