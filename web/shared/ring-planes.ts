/** The planes of a ring, one per channel: block copies, and views that are not made twice. */

// One per chunk of a voice ring of 30 s, or per quantum of a sample ring. Longer rings that are read
// in quanta make a small object per read instead.
const maxKeptViews = 1024;
// Up to here a loop beats the call of set(), and up to there the making of a view for it.
const shortWriteFrames = 8;
const shortReadFrames = 24;

const empty = new Float32Array(0);

/** A run of slots as it lies in a ring: in one part, or in two where it wraps. */
export interface RingView {
  readonly first: Float32Array;
  /** Empty where the run does not wrap. */
  readonly second: Float32Array;
}

/** One plane. `start` and `length` count frames and do not wrap. */
class Plane {
  readonly #frames: Float32Array;
  readonly #kept: (Float32Array | undefined)[] = Array.from({ length: maxKeptViews });

  constructor(frames: Float32Array) {
    this.#frames = frames;
  }

  /** The part in place; one that begins at a multiple of its length is kept for the next time. */
  part(start: number, length: number): Float32Array {
    if (length === 0) return empty;
    const index = start / length;
    const isKept = Number.isInteger(index) && index < maxKeptViews;
    const kept = isKept ? this.#kept[index] : undefined;
    if (kept?.length === length) return kept;
    const part = this.#frames.subarray(start, start + length);
    if (isKept) this.#kept[index] = part;
    return part;
  }

  write(start: number, source: Float32Array, from: number, length: number): void {
    if (length <= shortWriteFrames) {
      for (let i = 0; i < length; i += 1) this.#frames[start + i] = source[from + i]!;
    } else {
      const whole = from === 0 && length === source.length;
      this.#frames.set(whole ? source : source.subarray(from, from + length), start);
    }
  }

  read(start: number, target: Float32Array, to: number, length: number): void {
    if (length <= shortReadFrames) {
      for (let i = 0; i < length; i += 1) target[to + i] = this.#frames[start + i]!;
    } else {
      target.set(this.part(start, length), to);
    }
  }
}

/** All planes. Positions are free-running and masked here; lengths count slots. */
export class RingPlanes {
  readonly #planes: readonly Plane[];
  readonly #capacity: number;
  readonly #slotFrames: number;

  /** @param capacity Slots: a power of two. @param slotFrames Frames of a slot. */
  constructor(
    buffer: ArrayBufferLike,
    byteOffset: number,
    channels: number,
    capacity: number,
    slotFrames = 1,
  ) {
    const length = capacity * slotFrames;
    const bytes = length * Float32Array.BYTES_PER_ELEMENT;
    this.#planes = Array.from(
      { length: channels },
      (_, channel) => new Plane(new Float32Array(buffer, byteOffset + channel * bytes, length)),
    );
    this.#capacity = capacity;
    this.#slotFrames = slotFrames;
  }

  get channels(): number {
    return this.#planes.length;
  }

  /** The slots in place. */
  view(channel: number, position: number, slots: number): RingView {
    const plane = this.#planes[channel]!;
    const start = this.#start(position);
    const untilWrap = this.#untilWrap(start, slots);
    const size = this.#slotFrames;
    return {
      first: plane.part(start * size, untilWrap * size),
      second: plane.part(0, (slots - untilWrap) * size),
    };
  }

  /** Copies the first slots of each source, one per channel, into the ring. */
  write(position: number, sources: readonly Float32Array[], slots: number): void {
    const start = this.#start(position);
    const size = this.#slotFrames;
    const before = this.#untilWrap(start, slots) * size;
    const after = slots * size - before;
    for (let channel = 0; channel < this.#planes.length; channel += 1) {
      this.#planes[channel]!.write(start * size, sources[channel]!, 0, before);
      if (after > 0) this.#planes[channel]!.write(0, sources[channel]!, before, after);
    }
  }

  /** Copies slots of a channel from the ring to the beginning of the target. */
  read(channel: number, position: number, target: Float32Array, slots: number): void {
    const plane = this.#planes[channel]!;
    const start = this.#start(position);
    const size = this.#slotFrames;
    const before = this.#untilWrap(start, slots) * size;
    const after = slots * size - before;
    plane.read(start * size, target, 0, before);
    if (after > 0) plane.read(0, target, before, after);
  }

  #start(position: number): number {
    return position & (this.#capacity - 1);
  }

  #untilWrap(start: number, slots: number): number {
    return Math.min(slots, this.#capacity - start);
  }
}
