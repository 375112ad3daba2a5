import { type Analysis, analysisBins, type AnalysisReader } from '../../lib/index.ts';

/** The windows that come after it was made, in memory that is used again and again. Any thread. */
export class AnalysisFeed {
  readonly reader: AnalysisReader;
  readonly #levelsDb = new Float32Array(analysisBins);
  #revision: number;
  #current: Analysis | null = null;
  #count = 0;

  constructor(reader: AnalysisReader) {
    this.reader = reader;
    // What lies there is of an earlier look.
    this.#revision = reader.revision;
  }

  /** The newest window; its levels are overwritten by the next. */
  get current(): Analysis | null {
    return this.#current;
  }

  /** Windows taken so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes the newest window; false: there is none that was not taken already. */
  poll(): boolean {
    const { revision } = this.reader;
    if (revision === this.#revision) return false;
    const analysis = this.reader.latest(this.#levelsDb);
    if (analysis === undefined) return false;
    this.#revision = revision;
    this.#current = analysis;
    this.#count += 1;
    return true;
  }
}
