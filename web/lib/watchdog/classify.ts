import type { CaptureFaultKind } from './fault.ts';

/** What is known of a microphone's input at a moment. */
export interface InputReading {
  readonly input: number;
  readonly ended: boolean;
  /** Frames since the source was opened. */
  readonly openFrames: number;
  /** Frames since it last had a channel. */
  readonly absentFrames: number;
  /** Frames since it last had sound. */
  readonly zeroFrames: number;
  /** Frames that its device has delivered; null where the browser does not count them. */
  readonly deliveredFrames: number | null;
  /** The device's frames per second; null where the browser does not tell. */
  readonly rateHz: number | null;
  /** The same when it was opened. */
  readonly openedRateHz: number | null;
}

/** What is wrong with an input, and for how many frames it has been. */
export interface InputFault {
  readonly kind: CaptureFaultKind;
  readonly frames: number;
}

/** Silence so long is no pause, as a microphone always has noise. */
const silentSec = 0.1;
/** Nothing delivered for so long is no hiccup of the browser's queue. */
const deadSec = 0.15;
/** Devices deliver every 10 ms or so: after this much longer, it is too early to say why it is silent. */
const lateSec = 0.04;
/** A device needs a while for its first frames. */
const startSec = 0.5;

/** Finds what is wrong with one input, from one reading to the next. */
export class InputClassifier {
  readonly #rateHz: number;
  #delivered: number | null = null;
  /** Of the source's life, when frames were delivered last. */
  #deliveredAt = 0;
  /** Of the source's life, when its track was last seen live. */
  #liveAt = 0;

  /** @param rateHz Of the context. */
  constructor(rateHz: number) {
    this.#rateHz = rateHz;
  }

  /** What is wrong; null where nothing is. */
  classify(reading: InputReading): InputFault | null {
    const { openFrames, ended, rateHz, openedRateHz } = reading;
    const standing = this.#standingFrames(reading);
    // Before it was opened, an input owes nobody a frame.
    const absent = Math.min(reading.absentFrames, openFrames);
    const zero = Math.max(absent, Math.min(reading.zeroFrames, openFrames));
    // It may have been silent before it ended, as rooms are.
    if (ended) return { kind: 'track-ended', frames: Math.min(zero, openFrames - this.#liveAt) };
    this.#liveAt = openFrames;
    if (rateHz !== null && openedRateHz !== null && rateHz !== openedRateHz) {
      return { kind: 'rate-changed', frames: 0 };
    }
    const silenceSec = zero / this.#rateHz;
    if (silenceSec < (zero === openFrames ? startSec : silentSec)) return null;
    const standingSec = standing / this.#rateHz;
    const late = absent >= zero ? silenceSec : standingSec;
    if (late >= deadSec) return { kind: 'no-frames', frames: zero };
    return late >= lateSec ? null : { kind: 'zeros', frames: zero };
  }

  #standingFrames({ deliveredFrames, openFrames }: InputReading): number {
    if (deliveredFrames === null) return 0;
    if (deliveredFrames !== this.#delivered) this.#deliveredAt = openFrames;
    this.#delivered = deliveredFrames;
    return openFrames - this.#deliveredAt;
  }
}
