/** What is measured: every sweep goes through the frequencies with one kind of signal. */
import { constants } from '../../web/shared/layout.gen.ts';
import type { EstimatorName } from './estimators.ts';
import type { Tone } from './signals.ts';
import type { Trial } from './trials.ts';

/** A kind of signal over a range of frequencies. */
export interface Sweep {
  readonly name: string;
  readonly title: string;
  readonly windowFrames: number;
  readonly fromHz: number;
  readonly toHz: number;
  /** Trials of every octave. */
  readonly perOctave: number;
  readonly estimators: readonly EstimatorName[];
  readonly trial: (hz: number, random: () => number) => Trial;
}

const { analysisFrames, shortAnalysisFrames } = constants;
const [lowestHz, highestHz] = [20, 20_000];
const amplitude = 0.5;
const partialAmplitude = 0.1;

const ours = ['quanta', 'quanta-unrefined'] as const;
const spectral = ['qifft', 'shifts-32'] as const;

/** Signal to noise ratios, in decibels. */
export const snrsDb = [10, 20, 30, 40, 50, 60, 70] as const;

const deviation = (ofAmplitude: number, snrDb: number): number =>
  (ofAmplitude / Math.SQRT2) * 10 ** (-snrDb / 20);

const tone = (hz: number, random: () => number): Tone => ({ hz, amplitude, phase: random() });

const long = { windowFrames: analysisFrames, fromHz: lowestHz, toHz: highestHz };
const everybody: readonly EstimatorName[] = [...ours, ...spectral, 'pitchy'];

const partialsOf = (hz: number, random: () => number, place: (n: number) => number): Trial => ({
  sought: 'tones',
  noise: deviation(partialAmplitude, 60),
  tones: Array.from({ length: 8 }, (_, i) => ({
    hz: hz * place(i + 1),
    amplitude: partialAmplitude,
    phase: random(),
  })),
});

// A stiff string, each of whose partials is up to 3 % off its place.
const inharmonic = (random: () => number) => (n: number) =>
  n * Math.sqrt(1 + 5e-4 * n * n) * (0.97 + 0.06 * random());

const timbres: readonly ((n: number) => number)[] = [
  (n) => 1 / n,
  (n) => 0.8 ** n,
  (n) => (n % 2 === 1 ? 1 : 0.01) / n,
  (n) => (n === 1 ? 0.02 : 1 / n),
];

function note(hz: number, random: () => number): Trial {
  const shape = timbres[Math.floor(random() * timbres.length)]!;
  const count = Math.min(30, Math.floor(highestHz / hz));
  const shares = Array.from({ length: count }, (_, i) => shape(i + 1));
  const power = Math.hypot(...shares);
  const tones = shares.map((share, i) => ({
    hz: hz * (i + 1),
    amplitude: (partialAmplitude * share) / power,
    phase: random(),
  }));
  return { tones, sought: 'fundamental', noise: deviation(partialAmplitude, 30) };
}

const noisyTone = (snrDb: number): Sweep => ({
  ...long,
  name: `tone-${snrDb}-db`,
  title: `A tone ${snrDb} dB above white noise`,
  perOctave: 48,
  estimators: everybody,
  trial: (hz, random) => ({
    tones: [tone(hz, random)],
    sought: 'tones',
    noise: deviation(amplitude, snrDb),
  }),
});

const chirp = (hzPerSec: number): Sweep => ({
  ...long,
  name: `chirp-${hzPerSec}`,
  title: `A tone that rises by ${hzPerSec} Hz a second: its frequency at the window's centre`,
  perOctave: 24,
  estimators: everybody,
  trial: (hz, random) => ({ tones: [{ ...tone(hz, random), hzPerSec }], sought: 'tones' }),
});

/** All sweeps. */
export const sweeps: readonly Sweep[] = [
  {
    ...long,
    name: 'tone',
    title: 'A tone without noise',
    perOctave: 96,
    estimators: everybody,
    trial: (hz, random) => ({ tones: [tone(hz, random)], sought: 'tones' }),
  },
  ...snrsDb.map(noisyTone),
  {
    ...long,
    name: 'partials-harmonic',
    title: 'Eight harmonic partials, each 60 dB above white noise',
    fromHz: 27.5,
    toHz: 2400,
    perOctave: 24,
    estimators: [...ours, ...spectral],
    trial: (hz, random) => partialsOf(hz, random, (n) => n),
  },
  {
    ...long,
    name: 'partials-inharmonic',
    title: 'Eight inharmonic partials, each 60 dB above white noise',
    fromHz: 27.5,
    toHz: 2300,
    perOctave: 24,
    estimators: [...ours, ...spectral],
    trial: (hz, random) => partialsOf(hz, random, inharmonic(random)),
  },
  {
    ...long,
    name: 'two-tones',
    title: 'Two equal tones, 10 Hz apart, without noise',
    fromHz: 30,
    perOctave: 24,
    estimators: [...ours, ...spectral],
    trial: (hz, random) => ({
      tones: [tone(hz, random), tone(hz + 10, random)],
      sought: 'tones',
    }),
  },
  chirp(1),
  chirp(10),
  {
    ...long,
    name: 'tone-16-bit',
    title: 'A tone rounded to 16 bits',
    perOctave: 48,
    estimators: everybody,
    trial: (hz, random) => ({ tones: [tone(hz, random)], sought: 'tones', quantised: true }),
  },
  {
    name: 'note-short',
    title: 'The fundamental of harmonic notes, 30 dB above white noise, in 4096 frames',
    windowFrames: shortAnalysisFrames,
    fromHz: 65,
    toHz: 2000,
    perOctave: 96,
    estimators: [...ours, ...spectral, 'pitchy'],
    trial: note,
  },
];

/** The frequencies of a sweep: evenly over the octaves, a little off where a grid would have them. */
export function frequencies(
  { fromHz, toHz, perOctave }: Sweep,
  random: () => number,
): readonly number[] {
  const octaves = Math.log2(toHz / fromHz);
  const count = Math.ceil(octaves * perOctave);
  return Array.from(
    { length: count },
    (_, i) => fromHz * 2 ** ((octaves * (i + random())) / count),
  );
}
