// @ts-check
// What is transcribed: recordings of packages, with what is said in them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommandError } from '../lib/run.mjs';
import { bringClips, CLIPS, pathOf } from '../lib/speech-clips.mjs';
import { SPEECH_FOLDERS, TRANSCRIPTS } from '../lib/tools.mjs';
import { readVoice, VOICE_HZ } from '../quanta/wav/voice.mjs';
import { WavReader } from '../quanta/wav/reader.mjs';
import { wordsOf } from './words.mjs';

/**
 * @typedef {object} SpokenClip
 * @property {string} name
 * @property {string} set where it comes from
 * @property {Float32Array} samples mono, 16 kHz
 * @property {string} text what is said
 */

/** A byte of G.722 at 64 kbit/s is two samples. */
const G722_SAMPLES = 2;
const DECODED_BYTES = 2 ** 30;

/** Prompts that say plain words: names of products and signs are no test of hearing. */
const PLAIN = /^[A-Za-z0-9 ,.'!?;:-]+$/;
const NAMES = /asterisk|digium|\b(pbx|iax|voip|ivr|pin|zip|clid|sip)\b|\d{3}/i;
const PROMPT_WORDS = { min: 5, max: 45 };
const PROMPTS = 50;
const LONGEST_S = 15;

/** @param {string} file */
async function readWav(file) {
  const reader = await WavReader.open(file, { partial: false });
  try {
    return (await readVoice(reader)).samples;
  } finally {
    await reader.close();
  }
}

/** @returns {Promise<SpokenClip[]>} */
export async function packageClips() {
  bringClips();
  const clips = CLIPS.map(async (clip) => ({
    name: clip.name,
    set: clip.name.replace(/-.*/, ''),
    text: clip.text,
    samples: await readWav(pathOf(clip)),
  }));
  return Promise.all(clips);
}

/** @returns {Promise<SpokenClip[]>} the loudspeakers' names, by a man at 48 kHz */
async function wordClips() {
  const folder = SPEECH_FOLDERS.words;
  const files = fs.readdirSync(folder).filter((file) => /_/.test(file));
  const clips = files.toSorted().map(async (file) => ({
    name: path.basename(file, '.wav'),
    set: 'speaker-test',
    text: path.basename(file, '.wav').replaceAll('_', ' '),
    samples: await readWav(path.join(folder, file)),
  }));
  return Promise.all(clips);
}

/** @returns {{ name: string, text: string }[]} */
function transcripts() {
  const lines = gunzipSync(fs.readFileSync(TRANSCRIPTS)).toString('latin1').split('\n');
  return lines
    .map((line) => /^([\w/-]+): *(.+?)\s*$/.exec(line))
    .map((match) => ({ name: match?.[1] ?? '', text: match?.[2] ?? '' }));
}

/** @param {string} name */
const promptFile = (name) => path.join(SPEECH_FOLDERS.prompts, `${name}.g722`);

/**
 * @param {{ name: string, text: string }} prompt
 * @param {number} i
 * @param {readonly { text: string }[]} all
 */
function isUsable({ name, text }, i, all) {
  const count = wordsOf(text).length;
  const size = fs.statSync(promptFile(name), { throwIfNoEntry: false })?.size ?? 0;
  return (
    size > 0 &&
    size * G722_SAMPLES <= LONGEST_S * VOICE_HZ &&
    PLAIN.test(text) &&
    !NAMES.test(text) &&
    count >= PROMPT_WORDS.min &&
    count <= PROMPT_WORDS.max &&
    all.findIndex((other) => other.text === text) === i
  );
}

/**
 * All files as one stream, cut again: a decoder started for each would take a minute.
 * @param {readonly Buffer[]} files
 * @returns {Float32Array[]}
 */
export function decodeG722(files) {
  const args = ['-v', 'error', '-f', 'g722', '-i', 'pipe:0', '-f', 'f32le', '-ac', '1', 'pipe:1'];
  const options = { input: Buffer.concat(files), maxBuffer: DECODED_BYTES };
  const { status, stdout, stderr } = spawnSync('ffmpeg', args, options);
  if (status !== 0) throw new CommandError(`ffmpeg failed: ${String(stderr)}`);
  const samples = new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  );
  let end = 0;
  return files.map(({ length }) => {
    const start = end;
    end += G722_SAMPLES * length;
    return samples.slice(start, end);
  });
}

/** @returns {SpokenClip[]} prompts of a telephone exchange, by a woman; evenly from the alphabet */
function promptClips() {
  const usable = transcripts().filter(isUsable);
  const chosen = usable.filter(
    (_, i) =>
      Math.floor((i * PROMPTS) / usable.length) !== Math.floor(((i - 1) * PROMPTS) / usable.length),
  );
  const sounds = decodeG722(chosen.map(({ name }) => fs.readFileSync(promptFile(name))));
  return chosen.map(({ name, text }, i) => ({
    name,
    text,
    set: 'prompts',
    samples: sounds[i] ?? new Float32Array(),
  }));
}

/**
 * Every clip; those of Debian's packages are left out where these are not there.
 * @returns {Promise<SpokenClip[]>}
 */
export async function spokenClips() {
  const clips = await packageClips();
  if (fs.existsSync(SPEECH_FOLDERS.words)) clips.push(...(await wordClips()));
  if (fs.existsSync(TRANSCRIPTS) && fs.existsSync(SPEECH_FOLDERS.prompts))
    clips.push(...promptClips());
  return clips;
}
