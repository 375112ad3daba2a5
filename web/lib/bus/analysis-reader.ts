import { type Analysis, AnalysisView } from '../../shared/analysis-view.ts';

/** Where an analysis lies: all that another thread needs to read it. Survives `postMessage`. */
export interface AnalysisAddress {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly sampleRate: number;
}

/** Reads an analysis in a Worker, or wherever its address went. Any thread but the audio thread. */
export class AnalysisReader {
  /** Frames per second of what is analysed. */
  readonly sampleRate: number;
  readonly #view: AnalysisView;

  constructor({ buffer, byteOffset, sampleRate }: AnalysisAddress) {
    this.sampleRate = sampleRate;
    this.#view = new AnalysisView(buffer, byteOffset);
  }

  /** Changes with every window that is published: a look that copies nothing. */
  get revision(): number {
    return this.#view.revision;
  }

  /**
   * The newest window; undefined before there is one.
   *
   * @param levelsDb Where its levels go, 16 385 of them. Default: a new array.
   */
  latest(levelsDb?: Float32Array): Analysis | undefined {
    return this.#view.latest(levelsDb);
  }
}
