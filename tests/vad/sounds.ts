/** Backgrounds for speech to stand out from, and sounds without any speech. The same every time. */
import { SPEECH_FOLDERS } from '../../scripts/lib/speech-folders.mjs';
import { seededRandom } from '../support/random.ts';
import { decodeG722, filesIn, speechRateHz } from '../support/speech.ts';

/** Root mean square. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Near enough to a normal distribution for noise. */
function white(frames: number, random: () => number): Float32Array {
  return Float32Array.from({ length: frames }, () => random() + random() + random() - 1.5);
}

/** Falls 3 dB an octave: octaves of held noise (Voss and McCartney). */
function pink(frames: number, random: () => number): Float32Array {
  const octaves = new Float32Array(12);
  let sum = 0;
  return Float32Array.from({ length: frames }, (_, i) => {
    const octave = Math.min(octaves.length - 1, Math.clz32(0) - 1 - Math.clz32((i + 1) & -(i + 1)));
    const value = random() - 0.5;
    sum += value - octaves[octave]!;
    octaves[octave] = value;
    return sum;
  });
}

/** Falls 6 dB an octave from 50 Hz on. */
function brown(frames: number, random: () => number): Float32Array {
  const leak = 1 - (2 * Math.PI * 50) / speechRateHz;
  let sum = 0;
  return Float32Array.from({ length: frames }, () => (sum = leak * sum + random() - 0.5));
}

/** Sound without speech, by what it is. */
export type Backgrounds = ReadonlyMap<string, Float32Array>;

const noiseSeconds = 45;

/** A stretch of each noise, and all music; a stretch of it may begin anywhere. */
export function backgrounds(): Backgrounds {
  const random = seededRandom(45);
  const frames = noiseSeconds * speechRateHz;
  const tracks = decodeG722(filesIn(SPEECH_FOLDERS.music, '.g722'));
  return new Map([
    ['white', white(frames, random)],
    ['pink', pink(frames, random)],
    ['brown', brown(frames, random)],
    ...tracks.map((track, i) => [`music ${i + 1}`, track] as const),
  ]);
}

/** A part of a background that begins anywhere, with an RMS of 1. */
export function partOf(sound: Float32Array, frames: number, random: () => number): Float32Array {
  const start = Math.floor(random() * (sound.length - frames));
  const part = sound.slice(start, start + frames);
  const gain = 1 / rms(part);
  return part.map((sample) => gain * sample);
}

const tonesHz = [100, 250, 440, 1000, 3000];
const toneSeconds = 18;

/** @param share Of each second in which it sounds. */
function tone(hz: number, share: number): Float32Array {
  return Float32Array.from({ length: toneSeconds * speechRateHz }, (_, n) => {
    const isOn = n % speechRateHz < share * speechRateHz;
    return isOn ? 0.3 * Math.sin((2 * Math.PI * hz * n) / speechRateHz) : 0;
  });
}

const musicSeconds = 60;

/** Ten minutes in which nobody speaks: noise, music and tones, steady and in beats. */
export function soundsWithoutSpeech(all: Backgrounds): Backgrounds {
  const random = seededRandom(10);
  const seconds = (name: string): number => (name.startsWith('music') ? musicSeconds : 40);
  const loud = [...all].map(([name, sound]) => {
    const part = partOf(sound, seconds(name) * speechRateHz, random);
    return [name, part.map((sample) => 0.1 * sample)] as const;
  });
  return new Map([
    ...loud,
    ...tonesHz.map((hz) => [`${hz} Hz`, tone(hz, 1)] as const),
    ...tonesHz.map((hz) => [`${hz} Hz in beats`, tone(hz, 0.25)] as const),
  ]);
}
