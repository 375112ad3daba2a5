/** Which sample of the microphone's file lies at every frame of the mix, input by input. */
import {
  markerPlaces,
  markerSigns,
  PEAK,
  PERIOD_FRAMES,
  pushSign,
  WINDOW_BITS,
} from '../../../scripts/soak/markers.mjs';
import type { Segment } from '../../../scripts/soak/record.mjs';

/** Each input is a third as loud as the one before, so that the sum of signs and zeros tells them all. */
export const inputGain = (input: number): number => 3 ** -input;

/** That gain on the fader. */
export const inputGainDb = (input: number): number => 20 * Math.log10(inputGain(input));

/** A place is believed when this many samples agree with it. */
const confirmSamples = 3 * WINDOW_BITS;
// Gains are floats: what is left of a sum when all signs are taken off it stays far below 1/2.
const maxRemainder = 0.1;

type Kind = Segment['kind'];

/** Follows one input, sign by sign. */
class InputTrack {
  readonly #input: number;
  readonly #signs: Int8Array;
  readonly #places: Int32Array;
  readonly #segments: Segment[];
  #kind: Kind = 'unknown';
  #start: number;
  #startIndex = -1;
  #next = -1;
  #window = 0;
  #seen = 0;

  constructor(
    input: number,
    position: number,
    signs: Int8Array,
    places: Int32Array,
    segments: Segment[],
  ) {
    this.#input = input;
    this.#start = position;
    this.#signs = signs;
    this.#places = places;
    this.#segments = segments;
  }

  /** @param sign 1, -1, or 0 for silence; NaN for what is neither. */
  push(sign: number, position: number): void {
    const kind = sign === 0 ? 'silence' : Number.isNaN(sign) ? 'unknown' : 'marker';
    const follows = kind === 'marker' && this.#next >= 0 ? this.#signs[this.#next] === sign : true;
    if (kind !== this.#kind || !follows) this.end(position, kind);
    if (kind === 'marker') this.#follow(sign);
  }

  /** Closes the stretch that ends before a position. */
  end(position: number, kind: Kind = 'unknown'): void {
    const frames = position - this.#start;
    // Signs that agree with no place for long enough are no marker.
    const isMarker = this.#kind === 'marker' && this.#seen >= confirmSamples && this.#next >= 0;
    const found: Kind = this.#kind === 'marker' && !isMarker ? 'unknown' : this.#kind;
    const index = isMarker ? this.#startIndex : -1;
    if (frames > 0) {
      this.#segments.push({
        input: this.#input,
        position: this.#start,
        frames,
        kind: found,
        index,
      });
    }
    this.#kind = kind;
    this.#start = position;
    this.#startIndex = this.#next = -1;
    this.#window = this.#seen = 0;
  }

  #follow(sign: number): void {
    this.#seen += 1;
    if (this.#next >= 0) this.#next = (this.#next + 1) % PERIOD_FRAMES;
    else this.#lock(sign);
  }

  // Where the file begins anew there are windows that lie elsewhere too, so they may mislead: what
  // follows confirms a place, or ends it.
  #lock(sign: number): void {
    this.#window = pushSign(this.#window, sign);
    const place = this.#seen < WINDOW_BITS ? -1 : this.#places[this.#window]!;
    if (place < 0) return;
    this.#startIndex = (place - this.#seen + 1 + PERIOD_FRAMES) % PERIOD_FRAMES;
    this.#next = (place + 1) % PERIOD_FRAMES;
  }
}

/** Follows all inputs of a mix. */
export class MarkerDecoder {
  /** What lay where, in the order in which it ended. */
  readonly segments: Segment[] = [];
  /** Frames whose right sample was not half of the left one. */
  channelErrors = 0;
  readonly #tracks: readonly InputTrack[];
  readonly #signs: number[];
  #position: number;

  /** @param position Of the first frame that will be pushed. */
  constructor(inputs: number, position: number) {
    const signs = markerSigns();
    const places = markerPlaces(signs);
    this.#position = position;
    this.#signs = Array.from({ length: inputs }, () => 0);
    this.#tracks = this.#signs.map(
      (_, input) => new InputTrack(input, position, signs, places, this.segments),
    );
  }

  /** Takes the next frames. */
  push(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i += 1) {
      if (right[i]! * 2 !== left[i]!) this.channelErrors += 1;
      this.#split(left[i]! / PEAK);
      for (let input = 0; input < this.#tracks.length; input += 1) {
        this.#tracks[input]!.push(this.#signs[input]!, this.#position + i);
      }
    }
    this.#position += left.length;
  }

  /** The reader was lapped. */
  skip(frames: number): void {
    for (const track of this.#tracks) track.end(this.#position, 'dropped');
    this.#position += frames;
  }

  /** Closes what is open. */
  finish(): void {
    for (const track of this.#tracks) track.end(this.#position, 'unknown');
  }

  #split(sum: number): void {
    let rest = sum;
    for (let input = 0; input < this.#signs.length; input += 1) {
      const sign = Math.round(rest);
      this.#signs[input] = sign;
      rest = (rest - sign) * 3;
    }
    if (Math.abs(rest) > maxRemainder) this.#signs.fill(NaN);
  }
}
