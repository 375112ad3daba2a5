import type { RingAddress } from '../bus/ring-address.ts';
import { RingStretch } from '../bus/ring-stretch.ts';
import type { RingView } from '../../shared/ring-planes.ts';
import type { FoundSegment } from './segmenter-event.ts';

/** A segment whose sound lies in a ring, until that comes round. Its properties are plain data. */
export class HeardSegment implements FoundSegment {
  readonly startSample: number;
  readonly endSample: number;
  readonly speechFrames: number;
  readonly probabilities: Float32Array;
  readonly isCut: boolean;
  readonly #stretch: RingStretch;

  /** @param segment One that has ended. @throws RangeError */
  constructor(segment: FoundSegment, ring: RingAddress) {
    const { startSample, endSample } = segment;
    this.#stretch = new RingStretch(ring, startSample, endSample ?? startSample);
    this.startSample = startSample;
    this.endSample = this.#stretch.endSample;
    this.speechFrames = segment.speechFrames;
    this.probabilities = segment.probabilities;
    this.isCut = segment.isCut;
  }

  /** Whether the ring still holds all of it. Ask after use: true says that what was read was whole. */
  get valid(): boolean {
    return this.#stretch.valid;
  }

  /** The samples in the ring itself, in two parts where it wraps: read only; undefined: overwritten. */
  views(): RingView | undefined {
    return this.#stretch.views();
  }

  /** A copy of the samples; undefined: overwritten. */
  read(): Float32Array<ArrayBuffer> | undefined {
    return this.#stretch.read();
  }
}
