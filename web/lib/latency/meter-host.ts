/** What a measurement works with. */
export interface MeterHost {
  readonly context: AudioContext;
  readonly rack: {
    /** The node of an input's source; null where there is none in the graph. */
    nodeOf(input: number): AudioNode | null;
  };
  /** Of offline.wasm. */
  readonly moduleUrl: string | URL;
  /** Aborts when the session closes. */
  readonly ends: AbortSignal;
}

// Signals last at least this long, if the estimator takes as much.
const leastSec = 0.6;
const minOrder = 10;
const maxOrder = 16;

/** The length of a signal, as a power of two: 32768 at 48 kHz. */
export function orderFor(sampleRate: number): number {
  const order = Math.ceil(Math.log2(leastSec * sampleRate + 1));
  return Math.min(maxOrder, Math.max(minOrder, order));
}

// The page's view of the audio clock may be late.
const leadSec = 0.25;

/** A frame of the audio clock before which new nodes are there. */
export function soonFrame({ currentTime, sampleRate }: AudioContext): number {
  return Math.ceil((currentTime + leadSec) * sampleRate);
}
