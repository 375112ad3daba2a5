import { constants, deadlineClock } from '../web/shared/layout.gen.ts';
import type { DeadlineSettings } from '../web/shared/messages.ts';
import type { EngineExports } from './exports.gen.ts';
import { type QuantumClock, refused } from './quantum-clock.ts';
import { TemporalClock } from './temporal-clock.ts';
import { Thinner } from './thinner.ts';
import { WorkerClock } from './worker-clock.ts';

/** What takes the figures: the engine keeps them. */
export type CostRecorder = Pick<
  EngineExports,
  'set_deadline_clock' | 'record_cost' | 'refuse_cost' | 'record_date_cost'
>;

const longestCostNs = 0x3fff_ffff;
const noClock = { kind: deadlineClock.date, stepNs: 1_000_000, jittered: false };

/**
 * Measures what quanta cost, some of them: most readings of a clock leave garbage.
 *
 * Audio thread only. A quantum that is not measured costs two decrements.
 */
export class DeadlineMeter {
  #temporal: TemporalClock | null = null;
  #clock: QuantumClock | null = null;
  readonly #costs = new Thinner(constants.deadlineEvery);
  readonly #dates = new Thinner(constants.deadlineEvery);
  #readsCost = false;
  #readsDate = false;
  // In an array, because a number that is no small integer is an object of its own in a field.
  readonly #dateMs = new Float64Array(1);

  /** Between quanta. Finds the best clock of this thread; takes some milliseconds. */
  findClock(): void {
    this.#temporal = TemporalClock.find();
    this.#clock = this.#temporal;
  }

  /** Between quanta. Another clock, or other quanta. */
  follow({ every, worker }: DeadlineSettings): void {
    this.#clock = worker === null ? this.#temporal : new WorkerClock(worker.words, worker.steps);
    this.#costs.every = every;
    // Beside a better clock it is not worth its garbage.
    this.#dates.every = this.#clock === null ? every : constants.deadlineEvery;
  }

  /** Between quanta. Tells the engine what measures. */
  introduce(recorder: CostRecorder | undefined): void {
    const { kind, stepNs, jittered } = this.#clock ?? noClock;
    recorder?.set_deadline_clock(kind, stepNs, Number(jittered), this.#costs.every);
  }

  /** Before the quantum. */
  begin(): void {
    this.#readsDate = this.#dates.next();
    this.#readsCost = this.#clock !== null && this.#costs.next();
    if (this.#readsDate) this.#dateMs[0] = Date.now();
    if (this.#readsCost) this.#clock?.begin();
  }

  /** After it. */
  end(recorder: CostRecorder | undefined): void {
    if (this.#readsCost) this.#endCost(recorder);
    if (this.#readsDate) this.#endDate(recorder);
  }

  #endCost(recorder: CostRecorder | undefined): void {
    const ns = this.#clock?.end() ?? refused;
    if (ns === refused) recorder?.refuse_cost();
    else recorder?.record_cost(Math.min(ns, longestCostNs));
  }

  #endDate(recorder: CostRecorder | undefined): void {
    const ms = Date.now() - this.#dateMs[0]!;
    if (ms >= 0) recorder?.record_date_cost(ms);
  }
}
