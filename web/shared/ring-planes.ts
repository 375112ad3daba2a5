/** The planes of a ring, one per channel: block copies, and views that are not made twice. */

// One per chunk of a voice ring of 30 s, or per quantum of a sample ring. Longer rings that are read
// in quanta make a small object per read instead.
const maxKeptViews = 1024;
// Up to here a loop beats the call of set(), and up to there the making of a view for it.
const shortWriteFrames = 8;
const shortReadFrames = 24;
// Longer runs are copied slowly where they do not lie alike.
const maxStopFrames = 4096;

const empty = new Float32Array(0);

/**
 * In Chromium `set` copies byte by byte, six times slower, where shared memory is involved and the two
 * places do not lie alike in words of eight bytes. A stop in memory of this thread avoids that: the
 * way to it keeps the alignment, and the way on is between unshared memories.
 */
class Stopover {
  readonly #frames = new Float32Array(maxStopFrames + 1);
  #views: readonly Float32Array[] = [empty, empty];

  /** A copy of the frames that begins, in words of eight bytes, at the place that this one has. */
  hold(frames: Float32Array, place: number): Float32Array {
    if (this.#views[0]!.length !== frames.length) {
      this.#views = [0, 1].map((first) => this.#frames.subarray(first, first + frames.length));
    }
    const view = this.#views[place]!;
    view.set(frames);
    return view;
  }
}

const stopover = new Stopover();

/** Where a frame lies in its word of eight bytes: 0 or 1. */
function placeOf(frames: Float32Array, index: number): number {
  return (frames.byteOffset / frames.BYTES_PER_ELEMENT + index) & 1;
}

/** A run of slots as it lies in a ring: in one part, or in two where it wraps. */
export interface RingView {
  readonly first: Float32Array;
  /** Empty where the run does not wrap. */
  readonly second: Float32Array;
}

/** One plane. `start` and `length` count frames and do not wrap. */
class Plane {
  readonly #frames: Float32Array;
  readonly #isShared: boolean;
  readonly #kept: (Float32Array | undefined)[] = Array.from({ length: maxKeptViews });

  constructor(frames: Float32Array) {
    this.#frames = frames;
    this.#isShared = !(frames.buffer instanceof ArrayBuffer);
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
      return;
    }
    const whole = from === 0 && length === source.length;
    const part = whole ? source : source.subarray(from, from + length);
    this.#frames.set(this.#liesAlike(start, part, 0) ? part : this.#stop(part, start), start);
  }

  read(start: number, target: Float32Array, to: number, length: number): void {
    if (length <= shortReadFrames) {
      for (let i = 0; i < length; i += 1) target[to + i] = this.#frames[start + i]!;
      return;
    }
    const part = this.part(start, length);
    target.set(this.#liesAlike(start, target, to) ? part : this.#stop(part, start), to);
  }

  /** Also where that does not matter. */
  #liesAlike(start: number, other: Float32Array, at: number): boolean {
    return !this.#isShared || placeOf(this.#frames, start) === placeOf(other, at);
  }

  #stop(part: Float32Array, start: number): Float32Array {
    return part.length > maxStopFrames ? part : stopover.hold(part, placeOf(this.#frames, start));
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
