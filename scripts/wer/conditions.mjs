// @ts-check
// How the clips are heard: by themselves, or one after the other through voice detection, at the pace of
// the page and at that of files, in silence, over music and over noise.
import fs from 'node:fs';
import path from 'node:path';
import { SPEECH_FOLDERS } from '../lib/tools.mjs';
import { VOICE_HZ } from '../quanta/wav/voice.mjs';
import { FILE_PAUSE_MS } from '../quanta/transcribe.mjs';
import { decodeG722 } from './clips.mjs';

/** @typedef {import('./clips.mjs').SpokenClip} SpokenClip */

/**
 * @typedef {object} Condition
 * @property {string} name
 * @property {number | null} pauseMs the silence that ends what voice detection finds; null: clips are
 *   taken as they are
 * @property {Readonly<Record<string, number>>} bars by model, the largest share of wrong words in per cent
 * @property {((length: number) => Float32Array) | null} background
 * @property {boolean} isQuick whether it is among those of a quick run
 */

/** As in the page, where somebody waits for the text. */
const LIVE_PAUSE_MS = 640;
const GAP_SAMPLES = 1.2 * VOICE_HZ;
/** Of the speech against what is under it. */
const RATIO_DB = 10;
/** Of the microphone, where there is nothing else: -80 dBFS. */
const FAINT = 1e-4;

/** @param {number} seed @returns {() => number} -1 to 1 (Numerical Recipes, linear congruential) */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Noise whose power falls with frequency, as that of rooms does (Kellet, "economy" filter). */
function pinkNoise(/** @type {number} */ length) {
  const white = random(7);
  const states = [0, 0, 0];
  const poles = [0.99765, 0.963, 0.57];
  const gains = [0.099046, 0.2965164, 1.0526913];
  return Float32Array.from({ length }, () => {
    const sample = white();
    poles.forEach((pole, i) => {
      states[i] = pole * Number(states[i]) + Number(gains[i]) * sample;
    });
    return states.reduce((sum, state) => sum + state, 0.1848 * sample);
  });
}

/** The first piece that an exchange plays to those who wait. */
function music(/** @type {number} */ length) {
  const folder = SPEECH_FOLDERS.music;
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const [first = ''] = files.filter((file) => file.endsWith('.g722')).toSorted();
  const [piece = new Float32Array(1)] = decodeG722([fs.readFileSync(path.join(folder, first))]);
  return Float32Array.from({ length }, (_, i) => piece[i % piece.length] ?? 0);
}

/** @param {number} limit */
const forBoth = (limit) => ({ 'moonshine-tiny': limit, 'moonshine-base': limit });

/** @type {readonly Condition[]} */
export const CONDITIONS = [
  {
    name: 'whole clips',
    pauseMs: null,
    bars: { 'moonshine-tiny': 3.5, 'moonshine-base': 2.5 },
    background: null,
    isQuick: true,
  },
  ...['live', 'file'].flatMap((pace) => {
    const pauseMs = pace === 'file' ? FILE_PAUSE_MS : LIVE_PAUSE_MS;
    return [
      {
        ...{ name: `${pace}, clean`, pauseMs, bars: forBoth(5), background: null },
        isQuick: pace === 'live',
      },
      { name: `${pace}, over music`, pauseMs, bars: forBoth(6), background: music, isQuick: false },
      {
        ...{ name: `${pace}, over noise`, pauseMs, bars: forBoth(6), background: pinkNoise },
        isQuick: false,
      },
    ];
  }),
];

/** @param {Float32Array} samples */
const energyOf = (samples) => samples.reduce((sum, sample) => sum + sample * sample, 0);

/**
 * The ratio is that of every clip: recordings of different loudness in one noise would be a test of that.
 * @param {Float32Array} samples
 * @param {number} power
 */
function withPower(samples, power) {
  const gain = Math.sqrt((power * samples.length) / energyOf(samples));
  return samples.map((sample) => gain * sample);
}

/**
 * @param {readonly SpokenClip[]} clips
 * @param {string} name
 * @param {Condition['background']} background
 * @returns {SpokenClip}
 */
function stream(clips, name, background) {
  const spoken = clips.reduce((sum, clip) => sum + clip.samples.length, 0);
  const samples = new Float32Array(spoken + (clips.length + 1) * GAP_SAMPLES);
  const speechPower = clips.reduce((sum, clip) => sum + energyOf(clip.samples), 0) / spoken;
  let at = GAP_SAMPLES;
  for (const clip of clips) {
    samples.set(background === null ? clip.samples : withPower(clip.samples, speechPower), at);
    at += clip.samples.length + GAP_SAMPLES;
  }
  const under = background?.(samples.length) ?? new Float32Array(samples.length);
  const underPower = energyOf(under) / under.length;
  const gain =
    background === null ? 0 : Math.sqrt(speechPower / underPower / 10 ** (RATIO_DB / 10));
  const faint = random(1);
  samples.forEach((sample, i) => {
    samples[i] = sample + gain * (under[i] ?? 0) + FAINT * faint();
  });
  return { name, set: name, samples, text: clips.map(({ text }) => text).join(' ') };
}

/**
 * What is transcribed under a condition: every clip, or two streams of every other clip each.
 * @param {readonly SpokenClip[]} clips
 * @param {Condition} condition
 * @returns {readonly SpokenClip[]}
 */
export function soundsOf(clips, { pauseMs, background }) {
  if (pauseMs === null) return clips;
  return ['first half', 'second half'].map((name, half) =>
    stream(
      clips.filter((_, i) => i % 2 === half),
      name,
      background,
    ),
  );
}
