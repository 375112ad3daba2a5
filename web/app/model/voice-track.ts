/** What the Voice view draws of the last half minute: the voice, and what detection says of it. */
import { frameSamples } from '../../lib/index.ts';

/** Parts of a frame of which the lowest and highest sample is kept. */
export const blocksPerFrame = 4;

const blockSamples = frameSamples / blocksPerFrame;
/** As many as the voice ring holds: 32 s. */
const heldFrames = 1024;
const mostSegments = 64;

/** A stretch of speech. Samples are numbered as in the voice ring. */
export interface VoiceStretch {
  /** It names the stretch. */
  readonly startSample: number;
  /** Behind the last sample; null while it goes on. */
  readonly endSample: number | null;
}

/** The newest frames, by their numbers. What did not come in between is missing, not silent. */
export class VoiceTrack {
  readonly #probabilities = new Float32Array(heldFrames).fill(NaN);
  readonly #low = new Float32Array(heldFrames * blocksPerFrame);
  readonly #high = new Float32Array(heldFrames * blocksPerFrame);
  #endFrame = 0;
  #stretches: readonly VoiceStretch[] = [];

  /** Behind the newest frame that was heard or judged. */
  get endFrame(): number {
    return this.#endFrame;
  }

  /** The oldest frame that may be known. */
  get startFrame(): number {
    return Math.max(0, this.#endFrame - heldFrames);
  }

  /** The stretches that still show, in the order in which they began. */
  get stretches(): readonly VoiceStretch[] {
    const first = this.startFrame * frameSamples;
    return this.#stretches.filter(({ endSample }) => (endSample ?? Infinity) > first);
  }

  /** Takes the sound of a frame. */
  hear(frame: number, samples: Float32Array): void {
    if (!this.#reach(frame)) return;
    for (let block = 0; block < blocksPerFrame; block += 1) {
      const part = samples.subarray(block * blockSamples, (block + 1) * blockSamples);
      const at = (frame % heldFrames) * blocksPerFrame + block;
      this.#low[at] = part.reduce((low, sample) => Math.min(low, sample), 0);
      this.#high[at] = part.reduce((high, sample) => Math.max(high, sample), 0);
    }
  }

  /** Takes what detection says of a frame: 0 to 1. */
  judge(frame: number, probability: number): void {
    if (this.#reach(frame)) this.#probabilities[frame % heldFrames] = probability;
  }

  /** Takes a stretch, or what has become of it. */
  mark(stretch: VoiceStretch): void {
    const others = this.#stretches.filter(({ startSample }) => startSample !== stretch.startSample);
    this.#stretches = [...others, stretch]
      .toSorted((a, b) => a.startSample - b.startSample)
      .slice(-mostSegments);
  }

  /** Drops a stretch that was none. */
  unmark(startSample: number): void {
    this.#stretches = this.#stretches.filter((stretch) => stretch.startSample !== startSample);
  }

  /** Nobody follows any more: what goes on ends here. */
  end(): void {
    const endSample = this.#endFrame * frameSamples;
    for (const stretch of this.#stretches) {
      if (stretch.endSample === null) this.mark({ ...stretch, endSample });
    }
  }

  /** Forgets everything: for sound whose numbers begin anew. */
  clear(): void {
    for (let slot = 0; slot < heldFrames; slot += 1) this.#forget(slot);
    this.#endFrame = 0;
    this.#stretches = [];
  }

  /** Of a frame; null where nothing is known. */
  probability(frame: number): number | null {
    const known = this.#isHeld(frame) ? this.#probabilities[frame % heldFrames] : undefined;
    return known === undefined || Number.isNaN(known) ? null : known;
  }

  /** Lowest and highest sample of a part of a frame; silence where nothing is known. */
  range(frame: number, block: number): readonly [low: number, high: number] {
    if (!this.#isHeld(frame)) return [0, 0];
    const at = (frame % heldFrames) * blocksPerFrame + block;
    return [this.#low[at] ?? 0, this.#high[at] ?? 0];
  }

  #isHeld(frame: number): boolean {
    return frame >= this.startFrame && frame < this.#endFrame;
  }

  // Frames that were passed over have nothing of those that lay in their place before.
  #reach(frame: number): boolean {
    if (frame < this.startFrame) return false;
    const from = Math.max(this.#endFrame, frame + 1 - heldFrames);
    for (let passed = from; passed <= frame; passed += 1) this.#forget(passed % heldFrames);
    this.#endFrame = Math.max(this.#endFrame, frame + 1);
    return true;
  }

  #forget(slot: number): void {
    this.#probabilities[slot] = NaN;
    this.#low.fill(0, slot * blocksPerFrame, (slot + 1) * blocksPerFrame);
    this.#high.fill(0, slot * blocksPerFrame, (slot + 1) * blocksPerFrame);
  }
}
