import { vadConstants } from '../../shared/vad.gen.ts';

/** A voice detector that hears one stream, frame by frame, whatever computes it. */
export interface StreamDetector {
  /** The probability, 0 to 1, that the frame is speech, given all that came before. */
  detect(samples: Float32Array): number | Promise<number>;
  /** Forgets all that came before. */
  restart(): void;
}

/**
 * The engine's rule for digital silence (wasm/engine/vad_stage.h) for any detector: of zeros beyond a
 * second the probability is that of the zeros before. Where frames are missing the detector begins
 * anew.
 */
export class GatedDetector {
  readonly #detector: StreamDetector;
  #next: number | undefined;
  #silentFrames = 0;
  #probability = 0;

  constructor(detector: StreamDetector) {
    this.#detector = detector;
  }

  /** @param seq The frame's number. */
  async detect(seq: number, samples: Float32Array): Promise<number> {
    if (seq !== this.#next) this.#restart();
    this.#next = seq + 1;
    const isSilent = samples.every((sample) => sample === 0);
    this.#silentFrames = isSilent ? this.#silentFrames + 1 : 0;
    if (this.#silentFrames <= vadConstants.vadSilentFrames) {
      this.#probability = await this.#detector.detect(samples);
    }
    return this.#probability;
  }

  #restart(): void {
    this.#detector.restart();
    this.#silentFrames = 0;
    this.#probability = 0;
  }
}
