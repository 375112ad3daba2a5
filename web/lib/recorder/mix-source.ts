import type { FrameListener } from '../bus/frame-listener.ts';
import { blockFrames, type SoundPiece, type SoundSource } from './sound-source.ts';

/** The mix, from its ring. */
export class MixSource implements SoundSource {
  readonly #listener: FrameListener;
  readonly #planes: readonly Float32Array[];
  /** Frames that the next piece has to begin with. */
  #lost = 0;

  constructor(listener: FrameListener, channels: number) {
    this.#listener = listener;
    this.#planes = Array.from({ length: channels }, () => new Float32Array(blockFrames));
  }

  get position(): number {
    return this.#listener.position - this.#lost;
  }

  async ready(frames: number, signal: AbortSignal): Promise<boolean> {
    try {
      return await this.#listener.ready(frames, { signal });
    } catch (error) {
      if (signal.aborted) return true;
      throw error;
    }
  }

  read(maxFrames: number): SoundPiece {
    if (this.#lost === 0) {
      const piece = this.#next(Math.min(maxFrames, blockFrames));
      if (piece !== null) return piece;
    }
    if (this.#lost === 0) return null;
    const frames = Math.min(this.#lost, maxFrames);
    this.#lost -= frames;
    return { kind: 'lost', frames };
  }

  close(): void {
    this.#listener.close();
  }

  #next(maxFrames: number): SoundPiece {
    const listener = this.#listener;
    const viewed = listener.view(maxFrames);
    if (viewed.status === 'empty') return null;
    if (viewed.status === 'ok') {
      const { count: frames } = listener;
      for (const [channel, plane] of this.#planes.entries()) listener.copyTo(channel, plane);
      const { status, dropped } = listener.confirm();
      if (status === 'ok') return { kind: 'sound', frames, takes: [this.#planes] };
      this.#lost += dropped;
    } else {
      this.#lost += viewed.dropped;
    }
    return null;
  }
}
