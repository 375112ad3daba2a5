import type { DeadlineMark, DeadlineReading, Session } from '../../lib/index.ts';

/** A stretch of time that figures are of: the last seconds, or all since the start. */
export type CostWindow = 10 | 60 | 'all';

interface Moment {
  readonly atMs: number;
  readonly mark: DeadlineMark;
}

interface Kept extends Moment {
  readonly reading: DeadlineReading;
}

// Reading undoes the clock's steps, which may take as long as a frame of the screen.
const readingMs = 1000;
// Nobody sees what less than this share of new quanta changes.
const newShare = 0.02;
const longestKeptMs = 10_000;
const markMs = 1000;
const longestMs = 61_000;

/** What quanta cost, read at most once a second, however many ask. */
export class DeadlineFeed {
  #session: Session | null = null;
  #moments: Moment[] = [];
  readonly #readings = new Map<CostWindow, Kept>();

  /**
   * The figures of a window. Windows begin with the first call: until they are full, they are shorter.
   *
   * @param maxAgeMs Older figures are read anew, as soon as once a second.
   */
  read(session: Session, window: CostWindow, nowMs: number, maxAgeMs = 0): DeadlineReading {
    this.#follow(session, nowMs);
    const kept = this.#readings.get(window);
    if (kept !== undefined && nowMs - kept.atMs < Math.max(readingMs, maxAgeMs))
      return kept.reading;
    const { deadline } = session.telemetry;
    const mark = deadline.mark();
    if (kept !== undefined && isNearly(kept, mark, nowMs)) return kept.reading;
    const reading = deadline.read(this.#since(window, nowMs), mark);
    if (mark !== undefined) this.#readings.set(window, { atMs: nowMs, mark, reading });
    return reading;
  }

  /** The quanta are chosen anew: what was kept is of before. */
  forget(): void {
    this.#readings.clear();
  }

  #follow(session: Session, nowMs: number): void {
    if (session !== this.#session) {
      this.#session = session;
      this.#moments = [];
      this.#readings.clear();
    }
    if (nowMs - (this.#moments.at(-1)?.atMs ?? -Infinity) < markMs) return;
    const mark = session.telemetry.deadline.mark();
    if (mark !== undefined) this.#moments.push({ atMs: nowMs, mark });
    this.#moments = this.#moments.filter(({ atMs }) => nowMs - atMs <= longestMs);
  }

  #since(window: CostWindow, nowMs: number): DeadlineMark | undefined {
    if (window === 'all') return undefined;
    return this.#moments.find(({ atMs }) => nowMs - atMs <= window * 1000)?.mark;
  }
}

function isNearly(kept: Kept, mark: DeadlineMark | undefined, nowMs: number): boolean {
  if (mark === undefined || nowMs - kept.atMs > longestKeptMs) return false;
  const fresh = mark.words.measured - kept.mark.words.measured;
  return fresh >= 0 && fresh < newShare * kept.reading.measured;
}
