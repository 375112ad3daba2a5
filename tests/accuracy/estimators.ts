/** The engine and its peers, all asked the same of the same samples. */
import { AnalysisEngine } from './analysis-engine.ts';
import { HannSpectrum } from './hann-spectrum.ts';
import { PitchDetector } from 'pitchy';
import type { Trial } from './trials.ts';

/** What finds frequencies. */
export interface Estimator {
  /**
   * A frequency for each that is sought, in hertz, or null where there is none to be found. Peers that
   * look at a spectrum are told where: they cannot mistake one tone for another.
   */
  find(
    samples: Float32Array,
    sought: Trial['sought'],
    soughtHz: readonly number[],
  ): (number | null)[];
}

export const estimatorNames = [
  'quanta',
  'quanta-unrefined',
  'qifft',
  'shifts-32',
  'pitchy',
] as const;
export type EstimatorName = (typeof estimatorNames)[number];

/** What each is, for people. */
export const estimatorTitles: Readonly<Record<EstimatorName, string>> = {
  quanta: 'Quanta',
  'quanta-unrefined': 'Quanta, not refined',
  qifft: 'QIFFT: Hann window, parabola through the logarithms of three bins',
  'shifts-32': 'Nearest of 32 shifts: Hann window, largest of X(k + m/32)',
  pitchy: 'pitchy, McLeod pitch method',
};

/** How far off a published partial may be to count as an answer, in bins. */
const reachBins = 4;
const shifts = 32;

/** Makes one of them for windows of a length. @param bytes Of `engine.wasm`. */
export async function makeEstimator(
  name: EstimatorName,
  windowFrames: number,
  rateHz: number,
  bytes: BufferSource,
): Promise<Estimator> {
  switch (name) {
    case 'quanta':
    case 'quanta-unrefined': {
      const refine = name === 'quanta';
      const engine = await AnalysisEngine.start(bytes, rateHz, { windowFrames, refine });
      return { find: (...question) => askEngine(engine, rateHz, ...question) };
    }
    case 'qifft':
    case 'shifts-32': {
      const spectrum = new HannSpectrum(windowFrames);
      const find = name === 'qifft' ? interpolated : nearestShift;
      return {
        find(samples, _sought, soughtHz) {
          spectrum.take(samples);
          const binHz = rateHz / windowFrames;
          return soughtHz.map((hz) => binHz * find(spectrum, hz / binHz));
        },
      };
    }
    case 'pitchy': {
      const detector = PitchDetector.forFloat32Array(windowFrames);
      return { find: (samples) => [detector.findPitch(samples, rateHz)[0] || null] };
    }
  }
}

function askEngine(
  engine: AnalysisEngine,
  rateHz: number,
  samples: Float32Array,
  sought: Trial['sought'],
  soughtHz: readonly number[],
): (number | null)[] {
  const { partials, fundamentalHz } = engine.analyze(samples);
  if (sought === 'fundamental') return [fundamentalHz === 0 ? null : fundamentalHz];
  const reachHz = (reachBins * rateHz) / engine.windowFrames;
  return soughtHz.map((hz) => {
    const off = partials.map(({ frequencyHz }) => Math.abs(frequencyHz - hz));
    const nearest = off.indexOf(Math.min(...off));
    const found = partials[nearest];
    return found !== undefined && off[nearest]! <= reachHz ? found.frequencyHz : null;
  });
}

function interpolated(spectrum: HannSpectrum, nearBins: number): number {
  const peak = spectrum.peakNear(nearBins);
  const [before, at, after] = [-1, 0, 1].map((d) => Math.log(spectrum.magnitude(peak + d)));
  return peak + (before! - after!) / (2 * (before! - 2 * at! + after!));
}

// The magnitude has one top in a main lobe, so the largest of the shifts is found uphill.
function nearestShift(spectrum: HannSpectrum, nearBins: number): number {
  const peak = spectrum.peakNear(nearBins);
  const at = (shift: number): number => spectrum.magnitudeAt(peak + shift / shifts);
  let shift = 0;
  let top = at(0);
  const step = at(1) > at(-1) ? 1 : -1;
  for (let next = at(step); next > top; next = at(shift + step)) {
    shift += step;
    top = next;
  }
  return peak + shift / shifts;
}
