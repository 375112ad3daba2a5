/**
 * Two hundred utterances in noise and music, of which is known where speech begins and ends: eSpeak
 * NG's and the recordings of the system's packages.
 */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { SPEECH_FOLDERS } from '../../scripts/lib/speech-folders.mjs';
import { seededRandom } from '../support/random.ts';
import {
  decode,
  decodeG722,
  filesIn,
  outputOf,
  shuffled,
  speechRateHz,
} from '../support/speech.ts';
import { type Backgrounds, partOf, rms } from './sounds.ts';

/** Speech alone. */
interface Clip {
  readonly name: string;
  readonly samples: Float32Array;
}

/** Speech in a background, which begins before it and goes on behind it. */
export interface Utterance {
  readonly name: string;
  readonly samples: Float32Array;
  /** The first 5 ms whose level comes within 40 dB of the loudest ones. */
  readonly onset: number;
  /** The first 5 ms that are within 30 dB, and louder than the background. */
  readonly audibleOnset: number;
  /** Behind the last 5 ms that are within 40 dB. */
  readonly end: number;
  /** The longest time in between that is not. */
  readonly longestPauseMs: number;
  readonly snrDb: number;
  readonly background: string;
}

export const snrsDb = [5, 10, 15, 20, 25, 30] as const;

const sentences = [
  'Turn the lights on.',
  'Stop.',
  'Call my office now.',
  'Open the window in the kitchen.',
  'What time is it?',
  'Set a timer for ten minutes.',
  'Hello there.',
  'Seven hundred and forty two.',
  'Save this file and close it.',
  'She sells sea shells on the sea shore.',
  'Few people have heard of it.',
  'How long will it take?',
  'Yes please.',
  'Go back to the first page.',
  'The quick brown fox jumps over the lazy dog.',
];
const voices = ['en-us', 'en-gb', 'en-us+f3', 'en-gb+m5', 'en-gb-scotland', 'en-us+f1', 'en-us+m3'];
const spokenCount = 100;
const count = 200;

const espeakRateHz = 22_050;
const wavHeaderBytes = 44;
const bytesPerSample = 2;
/** Between two clips in one stream, so that no filter runs over. */
const apart = Buffer.alloc(bytesPerSample * 2205);

/** Sentences of synthetic voices, decoded as one stream and cut again. */
function spokenClips(random: () => number): Clip[] {
  const spoken = Array.from({ length: spokenCount }, (_, i) => {
    const text = sentences[i % sentences.length]!;
    const voice = voices[i % voices.length]!;
    const speed = 120 + Math.floor(100 * random());
    const pitch = 25 + Math.floor(55 * random());
    const args = ['-v', voice, '-s', String(speed), '-p', String(pitch), '--stdout', text];
    const bytes = outputOf('espeak-ng', args).subarray(wavHeaderBytes);
    return { name: `${voice}, ${speed}/min, pitch ${pitch}: ${text}`, bytes };
  });
  const stream = Buffer.concat(spoken.flatMap(({ bytes }) => [bytes, apart]));
  const samples = decode(stream, '-f', 's16le', '-ar', String(espeakRateHz), '-ac', '1');
  const at = (byte: number): number =>
    Math.round((byte / bytesPerSample) * (speechRateHz / espeakRateHz));
  let start = 0;
  return spoken.map(({ name, bytes }) => {
    const clip = samples.slice(at(start), at(start + bytes.length));
    start += bytes.length + apart.length;
    return { name, samples: clip };
  });
}

/** Recordings of something else than speech. */
const others = /beep|tone|silence|Noise|monkeys|confbridge-(join|leave)\./;
const longestSeconds = 12;

/** Two samples of G.722 are a byte. */
const isShort = (file: string): boolean =>
  statSync(file).size <= (longestSeconds * speechRateHz) / 2;

/** All words, and prompts to make up the number. */
function recordedClips(random: () => number): Clip[] {
  const { prompts, words } = SPEECH_FOLDERS;
  const speech = (folder: string, ending: string): string[] =>
    filesIn(folder, ending).filter((file) => !others.test(file));
  const wordFiles = speech(words, '.wav');
  const promptFiles = shuffled(speech(prompts, '.g722').filter(isShort), random);
  const chosen = promptFiles.slice(0, count - spokenCount - wordFiles.length);
  const recorded = decodeG722(chosen);
  return [
    ...wordFiles.map((file) => ({ name: file, samples: decode(readFileSync(file)) })),
    ...chosen.map((file, i) => ({ name: file, samples: recorded[i]! })),
  ].map(({ name, samples }) => ({ name: path.basename(name), samples }));
}

const windowFrames = 80;

/** RMS of each 5 ms. */
function levelsOf(samples: Float32Array): number[] {
  const windows = Math.floor(samples.length / windowFrames);
  return Array.from({ length: windows }, (_, i) =>
    rms(samples.subarray(i * windowFrames, (i + 1) * windowFrames)),
  );
}

const decibels = (ratio: number): number => 10 ** (ratio / 20);

/** The longest run of windows between two that are heard. */
function longestPauseMs(levels: readonly number[], floor: number): number {
  const heard = levels.flatMap((level, i) => (level >= floor ? [i] : []));
  const pauses = heard.map((at, i) => at - (heard[i - 1] ?? at) - 1);
  return (Math.max(...pauses) * windowFrames * 1000) / speechRateHz;
}

const leadSeconds = 1.5;
const trailSeconds = 1.7;

function placed(clip: Clip, i: number, all: Backgrounds, random: () => number): Utterance {
  const snrDb = snrsDb[i % snrsDb.length]!;
  const [name, sound] = [...all][Math.floor(i / snrsDb.length) % all.size]!;
  const levels = levelsOf(clip.samples);
  const loudest = Math.max(...levels);
  const floor = loudest * decibels(-40);
  const first = levels.findIndex((level) => level >= floor);
  const last = levels.findLastIndex((level) => level >= floor) + 1;
  const speechLevel = rms(clip.samples.subarray(first * windowFrames, last * windowFrames));
  const noiseLevel = speechLevel * decibels(-snrDb);
  const audible = Math.max(loudest * decibels(-30), noiseLevel);
  // Anywhere on the grid of frames.
  const lead = Math.floor((leadSeconds + random() / 10) * speechRateHz);
  const frames = lead + clip.samples.length + trailSeconds * speechRateHz;
  const gain = (0.1 * 10 ** -random()) / speechLevel;
  const samples = partOf(sound, frames, random).map((sample) => gain * noiseLevel * sample);
  for (const [n, sample] of clip.samples.entries()) samples[lead + n]! += gain * sample;
  return {
    name: clip.name,
    samples,
    onset: lead + first * windowFrames,
    audibleOnset: lead + levels.findIndex((level) => level >= audible) * windowFrames,
    end: lead + last * windowFrames,
    longestPauseMs: longestPauseMs(levels, floor),
    snrDb,
    background: name,
  };
}

/** The utterances, the same for the same seed. */
export function utterances(all: Backgrounds, seed: number): Utterance[] {
  const random = seededRandom(seed);
  const clips = shuffled([...recordedClips(random), ...spokenClips(random)], random);
  return clips.map((clip, i) => placed(clip, i, all, random));
}
