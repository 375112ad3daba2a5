// @ts-check
// The command line of the word error rate.
import { buildEngine } from '../lib/build-engine.mjs';
import { commit, machine } from '../lib/machine.mjs';
import { jsonText, writeOutput } from '../lib/output-file.mjs';
import { setup } from '../lib/setup.mjs';
import { loadMoonshine, speechModules } from '../lib/speech.mjs';
import { bringModel } from '../lib/speech-models.mjs';
import { transcribeSamples } from '../quanta/transcribe.mjs';
import { VOICE_HZ } from '../quanta/wav/voice.mjs';
import { voiceAssets, voiceModules } from '../lib/voice.mjs';
import { packageClips, spokenClips } from './clips.mjs';
import { CONDITIONS, soundsOf } from './conditions.mjs';
import { latenciesOf, latencyLine, timesOf, toldOf, transcribeAsTold } from './latencies.mjs';
import { USAGE, werOptions } from './options.mjs';
import { measureDetection } from './vad.mjs';
import { wordErrors, wordsOf } from './words.mjs';

/** @typedef {import('./clips.mjs').SpokenClip} SpokenClip */
/** @typedef {import('./conditions.mjs').Condition} Condition */
/** @typedef {import('../quanta/transcribe.mjs').Speech} Speech */
/** @typedef {import('./latencies.mjs').TextTimes} TextTimes */

/**
 * Text of a stretch of a clip, with its times.
 * @typedef {{ text: string, times: TextTimes }} TimedText
 */

/** @typedef {(samples: Float32Array) => Promise<TimedText[]>} Ear */

/**
 * One clip, transcribed.
 * @typedef {object} Outcome
 * @property {string} clip
 * @property {string} set
 * @property {number} seconds
 * @property {string} said
 * @property {string} heard
 * @property {number} words
 * @property {number} errors
 * @property {number} ms that the model was at work
 * @property {readonly TextTimes[]} times of its texts
 */

export const SCHEMA = 1;

const sum = (/** @type {readonly number[]} */ values) => values.reduce((a, b) => a + b, 0);

/** @param {readonly Outcome[]} outcomes */
const figuresOf = (outcomes) => {
  const errors = sum(outcomes.map((outcome) => outcome.errors));
  const words = sum(outcomes.map((outcome) => outcome.words));
  const seconds = sum(outcomes.map((outcome) => outcome.seconds));
  const workSeconds = sum(outcomes.map(({ ms }) => ms)) / 1000;
  const clips = outcomes.length;
  return {
    ...{ clips, seconds, words, errors },
    werPercent: (100 * errors) / words,
    realTimeFactor: workSeconds / seconds,
  };
};

/**
 * @param {Ear} ear
 * @param {SpokenClip} clip
 * @returns {Promise<Outcome>}
 */
async function transcribeClip(ear, { name, set, samples, text }) {
  const texts = await ear(samples);
  const heard = texts.map((part) => part.text).join(' ');
  const said = wordsOf(text);
  const times = texts.map((part) => part.times);
  return {
    ...{ clip: name, set, said: text, heard, times },
    seconds: samples.length / VOICE_HZ,
    words: said.length,
    errors: wordErrors(said, wordsOf(heard)),
    ms: sum(times.map(({ encoderMs, decoderMs }) => encoderMs + decoderMs)),
  };
}

/** @param {Outcome} outcome */
const wrongLine = ({ clip, errors, words, said, heard }) =>
  `  ${clip}: ${errors} of ${words}\n    said  ${said}\n    heard ${heard}`;

/** @param {string} title @param {ReturnType<typeof figuresOf>} figures */
const figureLine = (title, { clips, words, errors, werPercent, realTimeFactor }) =>
  `  ${title.padEnd(14)}${werPercent.toFixed(2).padStart(6)} % wrong: ${errors} of ${words} words ` +
  `in ${clips} clips, ${realTimeFactor.toFixed(3)} of real time`;

/**
 * What a clip is transcribed with: the model alone, or what voice detection tells.
 * @param {Omit<Speech, 'vad'>} speech
 * @param {Condition} condition
 * @returns {Promise<Ear>}
 */
async function earOf(speech, { pauseMs }) {
  if (pauseMs === null) {
    return async (samples) => {
      const texts = await transcribeSamples({ ...speech, vad: null }, samples);
      return texts.map((text) => ({ text: text.text, times: timesOf(text, false) }));
    };
  }
  const { Segmenter, VadProcessor } = await voiceModules();
  const options = { minSilenceMs: pauseMs };
  const vad = new VadProcessor({ ...options, assets: voiceAssets() });
  return async (samples) => {
    const { frames } = await vad.analyze(samples);
    const told = toldOf(Segmenter, options, frames, samples.length);
    return transcribeAsTold(speech, samples, told);
  };
}

/**
 * @param {Omit<Speech, 'vad'>} speech
 * @param {Condition} condition
 * @param {readonly SpokenClip[]} clips
 */
async function measure(speech, condition, clips) {
  const ear = await earOf(speech, condition);
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const clip of soundsOf(clips, condition)) outcomes.push(await transcribeClip(ear, clip));
  const names = [...new Set(outcomes.map(({ set }) => set))];
  const sets = names.map((set) => figuresOf(outcomes.filter((outcome) => outcome.set === set)));
  const all = figuresOf(outcomes);
  const latencies = latenciesOf(outcomes.flatMap(({ times }) => times));
  const bar = condition.bars[speech.name] ?? Infinity;
  const met = all.werPercent <= bar;
  console.log(`\n${speech.name}, ${condition.name}`);
  const wrong = condition.pauseMs !== null ? [] : outcomes.filter(({ errors }) => errors > 0);
  for (const outcome of wrong) console.log(wrongLine(outcome));
  for (const [i, figures] of sets.entries()) console.log(figureLine(names[i] ?? '', figures));
  console.log(figureLine('all', all));
  console.log(latencyLine(latencies));
  console.log(`${met ? 'met   ' : 'MISSED'}  at most ${bar} % of the words wrong`);
  return {
    ...{ model: speech.name, condition: condition.name, bar, met, all, latencies },
    sets: Object.fromEntries(names.map((set, i) => [set, sets[i]])),
    outcomes,
  };
}

/**
 * @param {string} name
 * @param {readonly Condition[]} conditions
 * @param {readonly SpokenClip[]} clips
 */
async function measureModel(name, conditions, clips) {
  const modules = await speechModules();
  const model = await loadMoonshine(modules, name);
  const speech = { modules, model, name };
  const results = [];
  for (const condition of conditions) results.push(await measure(speech, condition, clips));
  await model.close();
  return results;
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 1 where a bar is missed
 */
export async function main(args) {
  const { help, models, quick, json } = werOptions(args);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  await setup(quick ? 'start' : 'bench');
  await buildEngine();
  for (const model of models) await bringModel(model);
  const clips = await (quick ? packageClips() : spokenClips());
  const results = [];
  const conditions = CONDITIONS.filter((condition) => !quick || condition.isQuick);
  for (const model of models) results.push(...(await measureModel(model, conditions, clips)));
  const vad = quick ? null : await measureDetection();
  const about = { machine: machine(), commit: commit(), node: process.version };
  writeOutput(json, jsonText({ schema: SCHEMA, ...about, quick, results, vad }));
  return results.every(({ met }) => met) && vad?.met !== false ? 0 : 1;
}
