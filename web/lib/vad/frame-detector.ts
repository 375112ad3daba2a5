/** A voice detector that hears one stream, frame by frame, whatever computes it. */
export interface FrameDetector {
  /** The probability, 0 to 1, that the frame is speech, given all that came before. */
  detect(samples: Float32Array): number | Promise<number>;
  /** Forgets all that came before. */
  restart(): void;
}

/**
 * The engine's rule for silence (wasm/engine/vad_stage.h) for any detector: of a frame that holds
 * nothing but zeros the probability is 0, and the detector begins anew behind it. So does it where
 * frames are missing.
 */
export class GatedDetector {
  readonly #detector: FrameDetector;
  #next: number | undefined;

  constructor(detector: FrameDetector) {
    this.#detector = detector;
  }

  /** @param seq The frame's number. */
  async detect(seq: number, samples: Float32Array): Promise<number> {
    const isNew = seq !== this.#next;
    this.#next = seq + 1;
    if (samples.every((sample) => sample === 0)) {
      this.#detector.restart();
      return 0;
    }
    if (isNew) this.#detector.restart();
    return this.#detector.detect(samples);
  }
}
