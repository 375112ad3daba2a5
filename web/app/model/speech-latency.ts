/** From the last sample of an utterance to its text: where the time goes. */

/** What is known of an utterance's way. */
export interface UtteranceTiming {
  /** From the last sample with speech to the text. */
  readonly latencyMs: number;
  /** Of that, until voice detection had told that the speech was over. */
  readonly detectionMs: number;
  /** Until the model was free. */
  readonly waitMs: number;
  readonly encoderMs: number;
  readonly decoderMs: number;
  /** Length of a frame: a sample waits so long at most for its frame to be full. */
  readonly frameMs: number;
  /** So long at most a frame waited to be seen; null: not known. */
  readonly handOffMs: number | null;
}

/** A part of the way. */
export interface LatencyPart {
  readonly name: LatencyPartName;
  readonly ms: number;
}

/** All parts in their order. */
export const latencyPartNames = [
  'frame',
  'hand-off',
  'detection',
  'queue',
  'encoder',
  'decoder',
  'event',
] as const;
export type LatencyPartName = (typeof latencyPartNames)[number];

/** What each part is, in words. */
export const latencyPartWords: Readonly<Record<LatencyPartName, string>> = {
  frame: 'frame',
  'hand-off': 'hand-off',
  detection: 'VAD wait',
  queue: 'queue',
  encoder: 'encoder',
  decoder: 'decoder',
  event: 'event',
};

/**
 * The parts in their order, all of them. The whole is counted in sound, the model's work by the clock; so
 * what is left for the event is what is left.
 */
export function latencyParts(timing: UtteranceTiming): readonly LatencyPart[] {
  const { latencyMs, detectionMs, waitMs, encoderMs, decoderMs } = timing;
  const frameMs = Math.min(timing.frameMs, detectionMs);
  const handOffMs = Math.min(timing.handOffMs ?? 0, detectionMs - frameMs);
  const modelMs = waitMs + encoderMs + decoderMs;
  const parts: Readonly<Record<LatencyPartName, number>> = {
    frame: frameMs,
    'hand-off': handOffMs,
    detection: detectionMs - frameMs - handOffMs,
    queue: waitMs,
    encoder: encoderMs,
    decoder: decoderMs,
    event: Math.max(0, latencyMs - detectionMs - modelMs),
  };
  return latencyPartNames.map((name) => ({ name, ms: parts[name] }));
}

/** An utterance with its way. */
export interface Utterance extends UtteranceTiming {
  readonly text: string;
}

/** Latencies that fell between two bounds. */
export interface LatencyBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const binMs = 100;
const mostBins = 40;
const mostUtterances = 1000;

/** The latencies of a session. */
export class LatencyBooks {
  #utterances: readonly Utterance[] = [];

  /** The newest last. */
  get utterances(): readonly Utterance[] {
    return this.#utterances;
  }

  add(utterance: Utterance): void {
    this.#utterances = [...this.#utterances, utterance].slice(-mostUtterances);
  }

  clear(): void {
    this.#utterances = [];
  }

  /** What a share of the utterances came under; null while there are none. @param share 0 to 1. */
  percentile(share: number): number | null {
    const sorted = this.#utterances.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  }

  /** In steps of a tenth of a second from 0 on; the last bin has all that is longer. */
  histogram(): readonly LatencyBin[] {
    const binOf = (ms: number): number => Math.min(mostBins - 1, Math.floor(ms / binMs));
    const places = this.#utterances.map(({ latencyMs }) => binOf(latencyMs));
    const length = places.length === 0 ? 0 : Math.max(...places) + 1;
    return Array.from({ length }, (_, bin) => ({
      fromMs: bin * binMs,
      toMs: bin === mostBins - 1 ? Infinity : (bin + 1) * binMs,
      count: places.filter((place) => place === bin).length,
    }));
  }
}
