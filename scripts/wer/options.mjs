// @ts-check
// What `npm run wer` is asked for.
import { parseArgs } from 'node:util';
import { calledPath } from '../lib/output-file.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';
import { MODEL_NAMES, modelNamed } from '../lib/speech-models.mjs';

export const USAGE = `Usage: npm run wer -- [--model tiny,base] [--quick] [--json FILE]

Counts the words that speech to text gets wrong, by model, condition and set, times its texts, and
measures how soon and how wholly voice detection finds utterances.

  --model NAME[,NAME]  tiny, base; both by default
  --quick              only clips of the npm packages, whole and live; voice detection is not measured
  --json FILE          the figures, by default build/reports/wer.json
  --help               this

The file holds {schema: 1, machine, commit, node, quick, results: [...], vad}, for each model and
condition
  {model, condition, bar, met, all, sets, latencies, outcomes}
with all and each of sets
  {clips, seconds, words, errors, werPercent, realTimeFactor},
latencies
  {texts, encoderMs, decoderMs, ends, vadWaitMs, latencyMs}
where each time is {median, p95} and null where there is none: of texts the model's work was timed, of
ends a pause was found. vadWaitMs is counted in samples, from behind the last frame with speech to
where its end is found at live pace; latencyMs is that, the encoder and the decoder. Stretches that
were cut, or ended with the sound, have neither. Each of outcomes is a clip
  {clip, set, said, heard, times, seconds, words, errors, ms},
its times {startMs, endMs, encoderMs, decoderMs, vadWaitMs, latencyMs} for each text.

vad is null where it is not measured, or
  {figures, falseSegments, bars: [{preset, metric, value, atLeast, atMost, met}], met}
with figures for each preset and level above the background; snrDb is null for all levels:
  {preset, snrDb, utterances, missed, leastPreRollMs, onsetMs, audibleOnsetMs, endMs, splitShare}
where each delay is {median, p95, p99}. onsetMs counts from the first trace of speech, audibleOnsetMs
from where it comes within 30 dB of its loudest and over the background: that is what has a bar.
falseSegments is by preset, in ten minutes of noise, music and tones.

Exit code 1: a bar is missed.
`;

/**
 * @typedef {object} WerOptions
 * @property {boolean} help
 * @property {readonly string[]} models
 * @property {boolean} quick only clips of the npm packages, in two conditions, and no voice detection
 * @property {string} json file for the figures
 */

/**
 * @param {readonly string[]} args
 * @returns {WerOptions}
 * @throws {CommandError}
 */
export function werOptions(args) {
  const { help, model, quick, json } = parse(args);
  return {
    help,
    models: model === undefined ? MODEL_NAMES : model.split(',').map(modelNamed),
    quick,
    json: json === undefined ? fromRoot('build/reports/wer.json') : calledPath(json),
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        model: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
