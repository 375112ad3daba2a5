import { SilenceGate } from './silence-gate.ts';

/** A voice detector that hears one stream, frame by frame, whatever computes it. */
export interface StreamDetector {
  /** The probability, 0 to 1, that the frame is speech, given all that came before. */
  detect(samples: Float32Array): number | Promise<number>;
  /** Forgets all that came before. */
  restart(): void;
}

/** Any detector as the engine has it: not asked in long silence, and begun anew where frames are missing. */
export class GatedDetector {
  readonly #detector: StreamDetector;
  readonly #gate = new SilenceGate();
  #next: number | undefined;
  #probability = 0;

  constructor(detector: StreamDetector) {
    this.#detector = detector;
  }

  /** @param seq The frame's number. */
  async detect(seq: number, samples: Float32Array): Promise<number> {
    if (seq !== this.#next) this.#restart();
    this.#next = seq + 1;
    if (this.#gate.admits(samples)) this.#probability = await this.#detector.detect(samples);
    return this.#probability;
  }

  #restart(): void {
    this.#detector.restart();
    this.#gate.restart();
    this.#probability = 0;
  }
}
