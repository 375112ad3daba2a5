const holdMs = 1500;
const fallDbPerSec = 20;

/** The highest level of late: it stands for a while, then falls. */
export class PeakHold {
  #db = -Infinity;
  #atMs = 0;

  /** Takes a level and answers what to show. */
  update(db: number, nowMs: number): number {
    const heldDb = this.#heldDb(nowMs);
    if (db < heldDb) return heldDb;
    this.#db = db;
    this.#atMs = nowMs;
    return db;
  }

  /** Forgets everything. */
  reset(): void {
    this.#db = -Infinity;
  }

  #heldDb(nowMs: number): number {
    const fallingSec = Math.max(0, nowMs - this.#atMs - holdMs) / 1000;
    return this.#db - fallingSec * fallDbPerSec;
  }
}
