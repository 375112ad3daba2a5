/** What the mix holds at every frame of the audio clock: a pattern, silence, or a ramp between them. */
import { noise, seededRandom } from '../../support/random.ts';

/** Frames after which the pattern begins anew: whole chunks of the voice, at three frames a sample. */
export const PATTERN_FRAMES: number = 3 * 2 ** 15;

type Kind = 'pattern' | 'silence' | 'ramp';

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
}

export class Timeline {
  readonly #channels: readonly Float32Array<ArrayBuffer>[];
  /** Where it is not the pattern, in order. */
  readonly #exceptions: Stretch[] = [];

  /** @param maxFrames Longest stretch that is asked for. */
  constructor(maxFrames: number) {
    const random = seededRandom(24);
    this.#channels = [0, 1].map(() => {
      const period = noise(PATTERN_FRAMES, random);
      return Float32Array.from(
        { length: PATTERN_FRAMES + maxFrames },
        (_, i) => 0.5 * period[i % PATTERN_FRAMES]!,
      );
    });
  }

  /** The pattern's channels from a frame on. */
  pattern(frame: number, frames: number): readonly Float32Array[] {
    const from = frame % PATTERN_FRAMES;
    return this.#channels.map((channel) => channel.subarray(from, from + frames));
  }

  /** It is something else for a while; call it in the order of time. */
  except(kind: Kind, from: number, to: number): void {
    this.#exceptions.push({ kind, from, to });
  }

  /** Forgets what ended before a frame. */
  forget(frame: number): void {
    while (this.#exceptions[0] !== undefined && this.#exceptions[0].to < frame) {
      this.#exceptions.shift();
    }
  }

  /** Whether it is nothing but the pattern. */
  isPattern(from: number, to: number): boolean {
    return this.#exceptions.every((stretch) => stretch.to <= from || stretch.from >= to);
  }

  /** Frames of a channel that are not what they should be; those of a ramp may be anything. */
  wrongFrames(channel: number, frame: number, samples: Float32Array): number {
    const expected = this.pattern(frame, samples.length)[channel]!;
    const end = frame + samples.length;
    if (this.isPattern(frame, end)) return sameBytes(samples, expected) ? 0 : samples.length;
    let wrong = 0;
    for (let i = 0; i < samples.length; i += 1) {
      const kind = this.#kindAt(frame + i);
      if (kind === 'pattern' && samples[i] !== expected[i]) wrong += 1;
      if (kind === 'silence' && samples[i] !== 0) wrong += 1;
    }
    return wrong;
  }

  #kindAt(frame: number): Kind {
    const found = this.#exceptions.find(({ from, to }) => frame >= from && frame < to);
    return found?.kind ?? 'pattern';
  }
}

/** Compares bit by bit. */
export function sameBytes(a: Float32Array, b: Float32Array): boolean {
  return bytesOf(a).equals(bytesOf(b));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
