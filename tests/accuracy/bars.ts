/** What the project promises of its accuracy, held against what was measured. */
import { centsOff, percentile, rootMeanSquare } from '../../web/app/model/error-figures.ts';
import type { EstimatorName } from './estimators.ts';
import { answers, type SweepSummary } from './summary.ts';
import { snrsDb } from './sweeps.ts';

/** A promise and how it stands. */
export interface Bar {
  readonly text: string;
  readonly limit: number;
  readonly value: number;
  readonly met: boolean;
}

/** The range of the promises, from a piano's lowest note on. */
const [fromHz, toHz] = [27.5, 16_000];
/** Above this, float samples say more than a hundred-thousandth of a cent. */
const middleHz = 110;
/** Further off is another note. */
const grossCents = 50;

type Summaries = ReadonlyMap<string, SweepSummary>;

class Measured {
  readonly #sweeps: Summaries;

  constructor(sweeps: readonly SweepSummary[]) {
    this.#sweeps = new Map(sweeps.map((sweep) => [sweep.name, sweep]));
  }

  /** Errors in cents, and in bounds; what was missed is infinitely far off. */
  errors(
    sweep: string,
    estimator: EstimatorName,
    lowestHz: number,
  ): { cents: number[]; bounds: number[] } {
    const { points, estimators } = this.#sweeps.get(sweep)!;
    const index = estimators.findIndex(({ name }) => name === estimator);
    const within = points.filter(({ hz }) => hz >= lowestHz && hz <= toHz);
    const found = answers(within, index);
    const lost = Array<number>(within.length - found.length).fill(Number.POSITIVE_INFINITY);
    return {
      cents: [...found.map(({ hz, foundHz }) => Math.abs(centsOff(foundHz, hz))), ...lost],
      bounds: [...found.map(({ hz, boundHz, foundHz }) => (foundHz - hz) / boundHz), ...lost],
    };
  }

  worst(sweep: string, estimator: EstimatorName, lowestHz: number): number {
    return percentile(this.errors(sweep, estimator, lowestHz).cents, 1);
  }

  /** The largest ratio of the root mean square error to the bound. */
  worstToBound(estimator: EstimatorName): number {
    const ratios = snrsDb.map((snrDb) =>
      rootMeanSquare(this.errors(`tone-${snrDb}-db`, estimator, fromHz).bounds),
    );
    return Math.max(...ratios);
  }
}

const bar = (text: string, limit: number, value: number): Bar => ({
  text,
  limit,
  value,
  met: value <= limit,
});

/** All bars, of all sweeps. */
export function bars(sweeps: readonly SweepSummary[]): readonly Bar[] {
  const measured = new Measured(sweeps);
  const { cents: notes } = measured.errors('note-short', 'quanta', 0);
  const ways = ['quanta', 'quanta-unrefined'] as const;
  return [
    ...ways.flatMap((way) => [
      bar(
        `one tone without noise, 27.5 Hz to 16 kHz, ${way}: largest error in cents`,
        1e-4,
        measured.worst('tone', way, fromHz),
      ),
      bar(
        `one tone without noise, 110 Hz to 16 kHz, ${way}: largest error in cents`,
        1e-5,
        measured.worst('tone', way, middleHz),
      ),
      bar(
        `eight inharmonic partials at 60 dB, ${way}: largest error in cents`,
        0.003,
        measured.worst('partials-inharmonic', way, 0),
      ),
    ]),
    bar(
      'one tone at 10 to 70 dB: RMS error to Cramér-Rao bound',
      1.1,
      measured.worstToBound('quanta'),
    ),
    bar(
      'the same, not refined: RMS error to Cramér-Rao bound',
      3,
      measured.worstToBound('quanta-unrefined'),
    ),
    bar('notes at 30 dB in 4096 frames: 95th percentile in cents', 0.2, percentile(notes, 0.95)),
    bar('the same: gross errors', 0, notes.filter((cents) => cents > grossCents).length),
  ];
}
