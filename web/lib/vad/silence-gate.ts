import { vadConstants } from '../../shared/vad.gen.ts';

/**
 * The engine's rule for digital silence (wasm/engine/vad_stage.h): of zeros beyond a second the
 * probability is that of the zeros before.
 */
export class SilenceGate {
  #silentFrames = 0;

  /** Whether the next frame has to be judged; else it is as the one before. */
  admits(samples: Float32Array): boolean {
    const isSilent = samples.every((sample) => sample === 0);
    this.#silentFrames = isSilent ? this.#silentFrames + 1 : 0;
    return this.#silentFrames <= vadConstants.vadSilentFrames;
  }

  /** What follows does not follow the last frame. */
  restart(): void {
    this.#silentFrames = 0;
  }
}
