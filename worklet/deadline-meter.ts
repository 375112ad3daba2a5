import { deadlineClock } from '../web/shared/layout.gen.ts';
import type { EngineExports } from './exports.gen.ts';
import { type QuantumClock, refused } from './quantum-clock.ts';
import { TemporalClock } from './temporal-clock.ts';

/** What takes the figures: the engine keeps them. */
export type CostRecorder = Pick<
  EngineExports,
  'set_deadline_clock' | 'record_cost' | 'refuse_cost' | 'record_date_cost'
>;

// So thin that what the readings leave behind makes no collection in ten minutes.
const defaultEvery = 64;
const longestCostNs = 0x3fff_ffff;

/**
 * Measures what quanta cost, some of them: every reading of a clock leaves garbage. Which ones is
 * drawn at random, because quanta come in bursts whose first one costs more.
 *
 * Audio thread only. A quantum that is not measured costs a decrement.
 */
export class DeadlineMeter {
  #clock: QuantumClock | null = null;
  #every = defaultEvery;
  #toNext = 1;
  #measuring = false;
  // In arrays, because a number that is no small integer is an object of its own in a field.
  readonly #random = new Int32Array([1]);
  readonly #dates = new Float64Array(2);

  /** Between quanta. Finds the best clock; takes some milliseconds. */
  findClock(): void {
    this.#clock = TemporalClock.find();
  }

  /** Between quanta. Measures one quantum in so many from now on; 1: all of them. */
  thin(every: number): void {
    this.#every = every;
    this.#toNext = 1;
  }

  /** Between quanta. Tells the engine what measures. */
  introduce(recorder: CostRecorder | undefined): void {
    const kind = this.#clock?.kind ?? deadlineClock.date;
    const { stepNs, jittered } = this.#clock ?? { stepNs: 1_000_000, jittered: false };
    recorder?.set_deadline_clock(kind, stepNs, Number(jittered), this.#every);
  }

  /** Before the quantum. */
  begin(): void {
    this.#toNext -= 1;
    this.#measuring = this.#toNext === 0;
    if (!this.#measuring) return;
    this.#toNext = this.#draw();
    this.#dates[0] = Date.now();
    this.#clock?.begin();
  }

  /** After it. */
  end(recorder: CostRecorder | undefined): void {
    if (!this.#measuring) return;
    const ns = this.#clock === null ? refused : this.#clock.end();
    this.#dates[1] = Date.now();
    if (recorder === undefined) return;
    if (ns !== refused) recorder.record_cost(Math.min(ns, longestCostNs));
    else if (this.#clock !== null) recorder.refuse_cost();
    const ms = this.#dates[1] - this.#dates[0]!;
    if (ms >= 0) recorder.record_date_cost(ms);
  }

  // Uniform from 1 to twice the mean: the next quantum may be any one in a burst.
  #draw(): number {
    if (this.#every === 1) return 1;
    // W. H. Press et al., Numerical Recipes, 3rd ed., section 7.1.
    this.#random[0] = Math.imul(this.#random[0]!, 1664525) + 1013904223;
    return 1 + ((this.#random[0] >>> 8) % (2 * this.#every - 1));
  }
}
