import type { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import type { RingView } from '../../shared/ring-planes.ts';
import { reject } from '../errors.ts';
import { BusHistory } from './bus-history.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

/**
 * A stretch of what a bus published, in place: nothing is copied, so it lasts until the ring comes
 * round (32 s on a session's bus). Samples are counted as number of the chunk × length of a chunk.
 * Page or Worker.
 */
export class RingStretch {
  readonly startSample: number;
  /** Behind the last sample. */
  readonly endSample: number;
  readonly #address: RingAddress;
  readonly #memory: BroadcastMemory;

  /** @throws RangeError Nothing, or more than is published. */
  constructor(address: RingAddress, startSample: number, endSample: number) {
    this.#address = address;
    this.#memory = ringAt(address);
    this.startSample = startSample;
    this.endSample = endSample;
    const published = this.#memory.published() * this.#chunkFrames;
    if (!(Number.isInteger(startSample) && startSample >= 0 && startSample < endSample)) {
      reject('stretch.startSample', `a whole number below endSample (${endSample})`, startSample);
    }
    if (!(Number.isInteger(endSample) && endSample <= published)) {
      reject('stretch.endSample', `a whole number up to ${published}`, endSample);
    }
  }

  /** Whether the ring still holds all of it. Ask after use: true says that what was read was whole. */
  get valid(): boolean {
    return this.#memory.intact(Math.floor(this.startSample / this.#chunkFrames));
  }

  /**
   * The samples in the ring itself, in two parts where it wraps: read only.
   * @returns Undefined where they were overwritten.
   */
  views(): RingView | undefined {
    if (!this.valid) return undefined;
    const chunk = this.#chunkFrames;
    const firstChunk = Math.floor(this.startSample / chunk);
    const chunks = Math.ceil(this.endSample / chunk) - firstChunk;
    const { first, second } = this.#memory.planes.view(0, firstChunk, chunks);
    const from = this.startSample - firstChunk * chunk;
    const to = this.endSample - firstChunk * chunk;
    return {
      first: first.subarray(from, to),
      second: second.subarray(0, Math.max(0, to - first.length)),
    };
  }

  /** A copy of the samples; undefined where they were overwritten. */
  read(): Float32Array<ArrayBuffer> | undefined {
    const samples = new BusHistory(this.#address).read(this.startSample, this.endSample);
    return samples.length === this.endSample - this.startSample ? samples : undefined;
  }

  get #chunkFrames(): number {
    return this.#memory.shape.slotFrames;
  }
}
