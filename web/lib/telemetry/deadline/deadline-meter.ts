import type { DeadlineCounts, DeadlineView } from '../../../shared/deadline-view.ts';
import { constants } from '../../../shared/layout.gen.ts';
import type { DeadlineSettings } from '../../../shared/messages.ts';
import { reject } from '../../errors.ts';
import type { Drift } from './date-mean.ts';
import type { DeadlineReading } from './deadline-reading.ts';
import { windowOf } from './deadline-window.ts';
import { noReading, readingOf } from './reading-of.ts';
import type { WorkerStarter } from '../../worker-starter.ts';
import { clockWorkerObstacle, RunningClock } from './running-clock.ts';

/** A moment from which a window begins. */
export type DeadlineMark = DeadlineCounts;

/** How quanta are measured; everything has a default. */
export interface DeadlineOptions {
  /** One quantum in so many, on average, from 1 to 4096. Default 120. */
  readonly every?: number;
  /**
   * `own`: the best clock of the audio thread. `worker`: a Worker that writes the time all the while,
   * which leaves no garbage but takes a core; where there are too few, it is as `own`. Default `own`.
   */
  readonly clock?: 'own' | 'worker';
  /** Starts that Worker, in pages that have a policy for it. Default: `new Worker`. */
  readonly startWorker?: WorkerStarter;
}

/** Where the counts are read; undefined without an engine. */
interface CountsPlace {
  readonly deadline: DeadlineView | undefined;
}

/** Who measures. */
interface CostProcessor {
  measureDeadline(settings: DeadlineSettings): void;
}

const maxEvery = 4096;

/**
 * What quanta really cost, measured on the audio thread in some of them. Page only.
 *
 * The audio thread has no clock but `Date.now()` and, in some browsers, `Temporal`; each reading
 * leaves garbage, 250 bytes a quantum. So one quantum in 120 is measured, at which rate a collection
 * follows after more than half an hour.
 *
 * ```ts
 * const mark = session.telemetry.deadline.mark();
 * // ... some minutes later
 * const { p99, source } = session.telemetry.deadline.read(mark);
 * console.log(p99.valid ? `${p99.valueUs} µs by ${source.kind}` : p99.reason);
 * ```
 */
export class DeadlineMeter {
  readonly #place: CountsPlace;
  readonly #processor: CostProcessor;
  readonly #audioClock: Drift;
  #worker: RunningClock | null = null;
  #obstacle = '';
  #closed = false;

  /** @param audioClock Against the page's: tells whether `Date.now()` is of use. */
  constructor(place: CountsPlace, processor: CostProcessor, audioClock: Drift, ends: AbortSignal) {
    this.#place = place;
    this.#processor = processor;
    this.#audioClock = audioClock;
    ends.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** This moment, to begin or to end a window with; undefined without an engine. */
  mark(): DeadlineMark | undefined {
    return this.#place.deadline?.read();
  }

  /**
   * The figures of a window: from one mark, or the start of the clock, to another, or now. It takes some
   * milliseconds: read it a few times a second at most.
   *
   * Percentiles are those of the durations, not of the clock's readings: `recoverCosts` says how.
   */
  read(since?: DeadlineMark, until: DeadlineMark | undefined = this.mark()): DeadlineReading {
    if (until === undefined) return noReading;
    return readingOf(windowOf(until, since), this.#audioClock, this.#obstacle);
  }

  /**
   * Measures other quanta, or by another clock, with which all counts begin anew.
   * The default costs no collection in ten minutes. All quanta (`every: 1`), for profiling, cost the
   * audio thread a microsecond each and a collection, some tenths of a millisecond, every 20 s.
   *
   * @throws RangeError, Error when the Worker does not start.
   */
  async measure(options: DeadlineOptions = {}): Promise<void> {
    const { every = constants.deadlineEvery, clock = 'own' } = options;
    if (!Number.isInteger(every) || every < 1 || every > maxEvery) {
      reject('measure.every', `a whole number from 1 to ${maxEvery}`, every);
    }
    this.#obstacle = clock === 'worker' ? clockWorkerObstacle() : '';
    const wanted = clock === 'worker' && this.#obstacle === '';
    await this.#keepWorker(wanted, options.startWorker);
    if (this.#closed) this.#close();
    else this.#processor.measureDeadline({ every, worker: this.#worker?.settings ?? null });
  }

  async #keepWorker(wanted: boolean, start: WorkerStarter | undefined): Promise<void> {
    if (wanted === (this.#worker !== null)) return;
    this.#worker?.close();
    this.#worker = wanted ? await RunningClock.start(start) : null;
    if (wanted && this.#worker === null)
      this.#obstacle = 'The clock of Workers is too coarse here.';
  }

  #close(): void {
    this.#closed = true;
    this.#worker?.close();
    this.#worker = null;
  }
}
