/** What the deadline meter says of a stretch of time. */

/** What reads the time round a quantum; `clock-worker` only while it is asked for. */
export type DeadlineSourceKind = 'temporal' | 'clock-worker' | 'date' | 'none';

/** Where the figures come from. */
export interface DeadlineSource {
  readonly kind: DeadlineSourceKind;
  /** From one reading of the clock to the next larger one; null without a clock. */
  readonly resolutionUs: number | null;
  /** Why this one. */
  readonly reason: string;
}

/** A figure; one that cannot be measured here has a reason instead of a value. */
export type DeadlineFigure =
  | {
      readonly valid: true;
      readonly valueUs: number;
      /** Part of the quantum's duration: 1 is all of it. */
      readonly budgetShare: number;
      readonly reason: null;
    }
  | {
      readonly valid: false;
      readonly valueUs: null;
      readonly budgetShare: null;
      /** A sentence for the person who looks. */
      readonly reason: string;
    };

/** A mean with what chance may have moved it by. */
export type DeadlineMean =
  | (Extract<DeadlineFigure, { valid: true }> & { readonly standardErrorUs: number })
  | (Extract<DeadlineFigure, { valid: false }> & { readonly standardErrorUs: null });

/** One bar of the histogram. */
export interface DeadlineBin {
  readonly fromUs: number;
  readonly toUs: number;
  /** Measured quanta in it. The clock's steps are undone by estimation, so it is no whole number. */
  readonly quanta: number;
}

/** What the quanta of a stretch of time cost: the processor's whole call but for its entry and exit. */
export interface DeadlineReading {
  /** Duration of a quantum. */
  readonly budgetUs: number;
  /** Quanta that were processed. */
  readonly quanta: number;
  /** Those whose cost was measured: all figures rest on them. */
  readonly measured: number;
  /** Those that were to be measured while their clock was not sound; they are in no figure. */
  readonly refused: number;
  /** `measured` divided by `quanta`, from 0 to 1. */
  readonly coverage: number;
  /** One quantum in so many is chosen to be measured, on average. */
  readonly every: number;
  readonly source: DeadlineSource;
  readonly p50: DeadlineFigure;
  readonly p95: DeadlineFigure;
  readonly p99: DeadlineFigure;
  readonly p999: DeadlineFigure;
  /** Largest reading; it may be too large by two steps of the clock. */
  readonly max: DeadlineFigure;
  readonly mean: DeadlineMean;
  /** The mean by `Date.now()` alone, which every browser has. */
  readonly dateMean: DeadlineMean;
  /** Measured quanta that cost more than their budget. */
  readonly overBudget: number;
  /** The audio clock at the last one of them; null: there was none. */
  readonly lastOverBudgetFrame: number | null;
  /** Empty where there are no percentiles; bars follow each other without a gap. */
  readonly histogram: readonly DeadlineBin[];
}
