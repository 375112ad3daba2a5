import { LossMeter } from './loss-meter.ts';

const readingMs = 250;

/** In Chromium; other browsers do not count. */
interface CountingTrack {
  readonly stats?: { readonly deliveredFramesDuration?: number };
}

/** What is compared. */
export interface CaptureLossSources {
  readonly context: BaseAudioContext;
  /** Frames that reached the processor. */
  readonly frames: () => number;
  /** The live tracks behind the open sources. */
  readonly tracks: () => readonly MediaStreamTrack[];
}

/** Audio that the devices delivered and the browser dropped before the processor. Page only. */
export class CaptureLoss {
  readonly #sources: CaptureLossSources;
  readonly #meters = new Map<MediaStreamTrack, LossMeter>();
  #endedMs: number | null = null;

  /** @param signal Ends the readings. */
  constructor(sources: CaptureLossSources, signal: AbortSignal) {
    this.#sources = sources;
    const timer = setInterval(() => this.#read(), readingMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    sources.context.addEventListener('statechange', () => this.#hold(), { signal });
  }

  /** Milliseconds since the start, over all sources; null where the browser does not count. */
  get lossMs(): number | null {
    const losses = [...this.#meters.values()].map(({ lossMs }) => lossMs);
    return [this.#endedMs, ...losses].reduce(addKnown, null);
  }

  #read(): void {
    const { context, frames, tracks } = this.#sources;
    const open = tracks();
    this.#forgetEnded(open);
    if (context.state !== 'running') return;
    const receivedMs = (frames() * 1000) / context.sampleRate;
    for (const track of open) {
      const deliveredMs = (track as CountingTrack).stats?.deliveredFramesDuration;
      if (deliveredMs !== undefined) this.#meterOf(track).update(deliveredMs, receivedMs);
    }
  }

  #hold(): void {
    for (const meter of this.#meters.values()) meter.hold();
  }

  #meterOf(track: MediaStreamTrack): LossMeter {
    const meter = this.#meters.get(track) ?? new LossMeter();
    this.#meters.set(track, meter);
    return meter;
  }

  #forgetEnded(open: readonly MediaStreamTrack[]): void {
    for (const [track, { lossMs }] of this.#meters) {
      if (open.includes(track)) continue;
      this.#endedMs = addKnown(this.#endedMs, lossMs);
      this.#meters.delete(track);
    }
  }
}

function addKnown(sum: number | null, value: number | null): number | null {
  return value === null ? sum : (sum ?? 0) + value;
}
