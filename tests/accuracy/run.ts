/** Runs all sweeps and sums them up. */
import { bars, type Bar } from './bars.ts';
import type { EstimatorName } from './estimators.ts';
import { Laboratory, rateHz } from './measure.ts';
import { summarize, type SweepSummary } from './summary.ts';
import { type Sweep, sweeps } from './sweeps.ts';

/** How a run is done. */
export interface RunOptions {
  /** Of `engine.wasm`. */
  readonly bytes: BufferSource;
  /** Fewer frequencies, and no peers: what the bars need. */
  readonly quick: boolean;
  /** Told of each sweep when it is done. */
  readonly progress: (sweep: SweepSummary) => void;
}

/** What was measured. */
export interface Measurements {
  readonly rateHz: number;
  readonly sweeps: readonly SweepSummary[];
  readonly bars: readonly Bar[];
}

const quickPerOctave = 24;
const own: readonly EstimatorName[] = ['quanta', 'quanta-unrefined'];

const inQuick = (sweep: Sweep): Sweep => ({
  ...sweep,
  perOctave: Math.min(sweep.perOctave, quickPerOctave),
  estimators: own,
});

/** The same figures in every run of the same engine. */
export async function runAccuracy({ bytes, quick, progress }: RunOptions): Promise<Measurements> {
  const laboratory = new Laboratory(bytes);
  const done: SweepSummary[] = [];
  for (const each of sweeps) {
    const sweep = quick ? inQuick(each) : each;
    const summary = summarize(sweep, await laboratory.measure(sweep));
    progress(summary);
    done.push(summary);
  }
  return { rateHz, sweeps: done, bars: bars(done) };
}
