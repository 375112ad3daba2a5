/** Runs sweeps: every trial's samples go to all estimators. */
import { constants } from '../../web/shared/layout.gen.ts';
import { seededRandom } from '../support/random.ts';
import { type Estimator, type EstimatorName, makeEstimator } from './estimators.ts';
import { NoisePool } from './signals.ts';
import { frequencies, type Sweep } from './sweeps.ts';
import { makeSpecimen } from './trials.ts';

export const rateHz = 48_000;

/** A frequency that was sought, and what was found. */
export interface Point {
  readonly hz: number;
  /** The Cramér-Rao bound. */
  readonly boundHz: number;
  /** In the order of the sweep's estimators; null: nothing was found. */
  readonly foundHz: readonly (number | null)[];
}

// Tones within a few bins of one another hear the same noise in the same frame: many frames, then.
const noiseFrames = 128;

/** Runs sweeps one after the other in one thread. */
export class Laboratory {
  readonly #bytes: BufferSource;
  readonly #estimators = new Map<string, Promise<Estimator>>();
  readonly #pools = new Map<number, NoisePool>();

  /** @param bytes Of `engine.wasm`. */
  constructor(bytes: BufferSource) {
    this.#bytes = bytes;
  }

  /** The same points in every run. */
  async measure(sweep: Sweep): Promise<readonly Point[]> {
    const { windowFrames } = sweep;
    const random = seededRandom(seedOf(sweep.name));
    const estimators = await Promise.all(
      sweep.estimators.map((name) => this.#estimator(name, windowFrames)),
    );
    return frequencies(sweep, random).flatMap((hz) => {
      const trial = sweep.trial(hz, random);
      const pool = this.#pool(windowFrames);
      const { samples, truths } = makeSpecimen(trial, windowFrames, rateHz, pool, random);
      const soughtHz = truths.map((truth) => truth.hz);
      const found = estimators.map((each) => each.find(samples, trial.sought, soughtHz));
      return truths.map((truth, i) => ({
        hz: truth.hz,
        boundHz: truth.boundHz,
        foundHz: found.map((all) => all[i] ?? null),
      }));
    });
  }

  #estimator(name: EstimatorName, windowFrames: number): Promise<Estimator> {
    const key = `${name} ${windowFrames}`;
    const made =
      this.#estimators.get(key) ?? makeEstimator(name, windowFrames, rateHz, this.#bytes);
    this.#estimators.set(key, made);
    return made;
  }

  #pool(windowFrames: number): NoisePool {
    const frames = noiseFrames * (constants.analysisFrames / windowFrames);
    const pool = this.#pools.get(windowFrames) ?? new NoisePool(frames, windowFrames, 1);
    this.#pools.set(windowFrames, pool);
    return pool;
  }
}

function seedOf(name: string): number {
  return Array.from(name).reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7);
}
