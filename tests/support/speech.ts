/** Recorded and synthetic speech at 16 kHz, from packages of the system; nothing of it is kept. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commandExists } from '../../scripts/lib/paths.mjs';
import { SPEECH_FOLDERS } from '../../scripts/lib/speech-folders.mjs';
import { seededRandom } from './random.ts';

const { prompts, music, words } = SPEECH_FOLDERS;

/** Whether this system has all that `speechMixture` takes; setup says so where it has not. */
export const speechIsThere: boolean =
  [prompts, music, words].every((folder) => existsSync(folder)) &&
  ['ffmpeg', 'espeak-ng'].every(commandExists);

export const speechRateHz = 16_000;

/** A byte of G.722 at 64 kbit/s is two samples. */
const g722SamplesPerByte = 2;

const sentences = [
  'The quick brown fox jumps over the lazy dog, and nobody in the room says a word about it.',
  'Please leave your name, your number and a short message after the tone.',
  'Six thick thistle sticks; she sells sea shells on the sea shore.',
  'What is measured is better known than what is only believed.',
];
const voices = ['en-us', 'en-gb', 'en-us+f3', 'en-gb+m5', 'de', 'fr'];

export function outputOf(command: string, args: readonly string[], input?: Buffer): Buffer {
  const options = { maxBuffer: 2 ** 30, ...(input === undefined ? {} : { input }) };
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} failed: ${stderr.toString()}`);
  return stdout;
}

/** @param format Of the bytes, where they do not say so themselves. */
export function decode(bytes: Buffer, ...format: readonly string[]): Float32Array {
  const to = ['-f', 'f32le', '-ac', '1', '-ar', String(speechRateHz), 'pipe:1'];
  const args = ['-v', 'error', ...format, '-i', 'pipe:0', ...to];
  const { buffer, byteOffset, length } = outputOf('ffmpeg', args, bytes);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
}

export const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => path.join(folder, file));

/** All files as one stream, cut again: a decoder started once for each would take a minute. */
export function decodeG722(files: readonly string[]): Float32Array[] {
  const parts = files.map((file) => readFileSync(file));
  const samples = decode(Buffer.concat(parts), '-f', 'g722');
  let end = 0;
  return parts.map(({ length }) => {
    const start = end;
    end += g722SamplesPerByte * length;
    return samples.subarray(start, end);
  });
}

const spoken = (text: string, voice: string): Float32Array =>
  decode(outputOf('espeak-ng', ['-v', voice, '--stdout', text]));

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/**
 * Prompts, words and synthetic voices one after the other, at levels over 20 dB, with pauses, every
 * third of them with music under it; silence in between. The same every time.
 */
export function speechMixture(seconds: number): Float32Array {
  const random = seededRandom(2026);
  const length = seconds * speechRateHz;
  const pieces = [
    ...decodeG722(filesIn(prompts, '.g722')),
    ...filesIn(words, '.wav').map((file) => decode(readFileSync(file))),
    ...sentences.flatMap((text) => voices.map((voice) => spoken(text, voice))),
  ];
  const [background = new Float32Array(1)] = decodeG722(filesIn(music, '.g722').slice(0, 1));
  const mixture = new Float32Array(length);
  let at = 0;
  for (const [i, piece] of shuffled(pieces, random).entries()) {
    const gain = 10 ** -random();
    const musicGain = i % 3 === 0 ? gain / 3 : 0;
    for (let n = 0; n < piece.length && at + n < length; n += 1) {
      const under = musicGain * (background[(at + n) % background.length] ?? 0);
      mixture[at + n] = gain * (piece[n] ?? 0) + under;
    }
    at += piece.length + Math.round(random() * speechRateHz);
  }
  if (at < length) throw new Error(`There are only ${at / speechRateHz} s of speech.`);
  return mixture;
}
