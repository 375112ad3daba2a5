import type { ClockRecord } from '../../../scripts/soak/record.mjs';
import type { Session } from '../../../web/lib/index.ts';

const lookMs = 100;

/** Keeps what the session's clock model said of every one of its readings. */
export class ClockWatch {
  readonly #session: Session;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #residuals = new Set<number>();

  constructor(session: Session) {
    this.#session = session;
    // More often than the model reads: each reading is seen, and a residual that is there again is one.
    this.#timer = setInterval(() => this.#residuals.add(session.clock.residualMs), lookMs);
  }

  stop(): ClockRecord {
    clearInterval(this.#timer);
    const { steps, stepsMs, driftPpm, driftPpmConfidence } = this.#session.clock;
    const residuals = [...this.#residuals].map(Math.abs);
    return {
      readings: residuals.length,
      maxResidualMs: Math.max(0, ...residuals),
      steps,
      stepsMs,
      driftPpm,
      driftPpmConfidence,
    };
  }
}
