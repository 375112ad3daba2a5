/** One frame to be measured: what is in it, and what is true of it. */
import { boundHz } from '../../web/app/model/error-figures.ts';
import { addTone, differenceVariance, type NoisePool, quantise16, type Tone } from './signals.ts';

/** What a frame is made of. */
export interface Trial {
  readonly tones: readonly Tone[];
  /** Whether every tone is looked for, or the fundamental that they are multiples of. */
  readonly sought: 'tones' | 'fundamental';
  /** Standard deviation of white noise. Default 0. */
  readonly noise?: number;
  /** Rounds to 16 bits. */
  readonly quantised?: boolean;
}

/** A frequency that is looked for, and its Cramér-Rao bound. */
export interface Truth {
  readonly hz: number;
  readonly boundHz: number;
}

/** A trial's samples and truths. */
export interface Specimen {
  readonly samples: Float32Array;
  readonly truths: readonly Truth[];
}

/** Makes the samples of a trial. */
export function makeSpecimen(
  trial: Trial,
  windowFrames: number,
  rateHz: number,
  pool: NoisePool,
  random: () => number,
): Specimen {
  const clean = new Float64Array(windowFrames);
  for (const tone of trial.tones) addTone(clean, tone, rateHz);
  const heard = clean.slice();
  if (trial.noise !== undefined) pool.add(heard, trial.noise, random);
  if (trial.quantised === true) quantise16(heard);
  const samples = Float32Array.from(heard);
  // Without noise there is what rounding the samples adds.
  const noiseVariance = (trial.noise ?? 0) ** 2 || differenceVariance(samples, clean);
  const truths = soughtTones(trial).map(({ hz, amplitude }) => ({
    hz,
    boundHz: boundHz({ sampleRate: rateHz, windowFrames, amplitude, noiseVariance }),
  }));
  return { samples, truths };
}

// A fundamental moves its n-th multiple n times as far: together they say as much of it as one tone
// whose power is the sum of theirs, each times n².
function soughtTones({ tones, sought }: Trial): readonly Pick<Tone, 'hz' | 'amplitude'>[] {
  if (sought === 'tones') return tones;
  const hz = tones[0]!.hz;
  const pulls = tones.map((tone) => tone.amplitude * Math.round(tone.hz / hz));
  return [{ hz, amplitude: Math.hypot(...pulls) }];
}
