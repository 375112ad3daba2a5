import { frameSamples } from '../speech-segment.ts';
import type { FrameProbability } from './segmenter-event.ts';
import { SilenceGate } from './silence-gate.ts';

/** What says how likely speech is, frame by frame: a `VadModule`, or another model. */
export interface FrameDetector {
  /** The probability of 512 samples at 16 kHz that follow those of the last call. */
  detect(samples: Float32Array): number;
  /** What follows does not follow the last call. */
  restart(): void;
}

/**
 * Cuts sound at 16 kHz into frames and has them judged, by the engine's rules. Page, Worker or Node.
 */
export class VoiceFrames {
  readonly #detector: FrameDetector;
  readonly #gate = new SilenceGate();
  readonly #frame = new Float32Array(frameSamples);
  #filled = 0;
  #next: number | null = null;
  #probability = 0;

  /** @param detector One of its own, which starts anew. */
  constructor(detector: FrameDetector) {
    this.#detector = detector;
    detector.restart();
  }

  /**
   * Takes the samples from this number on. Where they do not follow the last ones, a frame that was
   * begun is dropped and the detector starts anew.
   *
   * @returns The frames that they complete.
   */
  push(samples: Float32Array, startSample: number): FrameProbability[] {
    if (this.#next !== null && this.#next !== startSample) this.restart();
    this.#next = startSample + samples.length;
    const frames: FrameProbability[] = [];
    for (let at = 0; at < samples.length;) {
      const count = Math.min(frameSamples - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === frameSamples) frames.push(this.#judge(startSample + at));
    }
    return frames;
  }

  /** The sound has ended: judges a frame that was begun, with silence behind it. */
  finish(): FrameProbability[] {
    if (this.#filled === 0 || this.#next === null) return [];
    const end = this.#next - this.#filled + frameSamples;
    this.#frame.fill(0, this.#filled);
    return [this.#judge(end)];
  }

  /** Forgets all samples before. */
  restart(): void {
    this.#filled = 0;
    this.#next = null;
    this.#probability = 0;
    this.#gate.restart();
    this.#detector.restart();
  }

  #judge(endSample: number): FrameProbability {
    this.#filled = 0;
    if (this.#gate.admits(this.#frame)) this.#probability = this.#detector.detect(this.#frame);
    return { startSample: endSample - frameSamples, probability: this.#probability };
  }
}
