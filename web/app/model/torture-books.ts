/** What must hold whatever a page goes through: no sample unaccounted for, and it goes on. */
import type { FrameListener, Listener, Session } from '../../lib/index.ts';

/** One promise, and whether it was kept. */
export interface Check {
  readonly name: string;
  readonly held: boolean;
  /** Frames or chunks; what it must be is in the name. */
  readonly figure: number;
}

/** A figure that must be 0. */
export function exactCheck(name: string, figure: number): Check {
  return { name, held: figure === 0, figure };
}

const lookMs = 4;
const patienceMs = 10_000;
/** So much audio more shows that it goes on. */
const recoverySec = 0.25;

/** Listeners of the page's own from the beginning of a torture to its end, and the counters. */
export class TortureBooks implements Disposable {
  readonly #session: Session;
  readonly #mix: FrameListener;
  readonly #voice: Listener;
  readonly #firstMix: number;
  readonly #firstVoice: number;

  constructor(session: Session) {
    this.#session = session;
    [this.#voice, this.#firstVoice] = listenFrom(session);
    this.#mix = session.mix.listen({ name: 'witness' });
    this.#firstMix = this.#mix.position;
  }

  /** Looks at everything, when it is over. */
  async judge(): Promise<readonly Check[]> {
    const recovered = await this.#recovered();
    this.#readAll();
    return [
      exactCheck('Frames of the clock unaccounted for', await settled(() => this.#clockError())),
      exactCheck('Frames that the engine did not get', await settled(() => this.#engineError())),
      exactCheck('Frames of the mix unaccounted for', await settled(() => this.#mixError())),
      exactCheck('Chunks of the voice unaccounted for', await settled(() => this.#voiceError())),
      { name: 'Frames heard since', held: recovered > 0, figure: recovered },
    ];
  }

  [Symbol.dispose](): void {
    this.#mix.close();
    this.#voice.close();
  }

  #readAll(): void {
    while (this.#voice.tryRecv() !== undefined);
    while (this.#mix.pending > 0) {
      if (this.#mix.view(this.#mix.pending).status === 'ok') this.#mix.confirm();
    }
  }

  // Exact whenever both are read within one quantum.
  #clockError(): number {
    const { context, scope } = this.#session;
    const clock = Math.round(context.currentTime * context.sampleRate);
    return clock - scope.firstFrame - scope.frames - scope.missedFrames;
  }

  #engineError(): number {
    const { scope, telemetry } = this.#session;
    const words = telemetry.engine;
    if (words === undefined) return scope.frames;
    const { frameCount, gapFrames, droppedFrames } = words;
    return (
      Math.abs(scope.frames - frameCount) +
      Math.abs(scope.missedFrames - gapFrames) +
      Math.abs(droppedFrames)
    );
  }

  #mixError(): number {
    const { delivered, dropped, pending } = this.#mix;
    return this.#session.mix.published - this.#firstMix - delivered - dropped - pending;
  }

  #voiceError(): number {
    const { delivered, dropped, pending } = this.#voice;
    return this.#session.bus.published - this.#firstVoice - delivered - dropped - pending;
  }

  /** Frames that came while it waited for some; 0 when they never came. */
  async #recovered(): Promise<number> {
    const { scope, sampleRate } = this.#session;
    const first = scope.frames;
    const end = performance.now() + patienceMs;
    while (scope.frames < first + recoverySec * sampleRate) {
      if (performance.now() > end) return 0;
      await look();
    }
    return scope.frames - first;
  }
}

/** A listener and the chunk that it began with, between which none came. */
function listenFrom({ bus }: Session): readonly [Listener, number] {
  for (;;) {
    const first = bus.published;
    const listener = bus.listen({ name: 'witness' });
    if (bus.published === first) return [listener, first];
    listener.close();
  }
}

/** A difference of counters that move on between two looks: what it is when they stood still. */
async function settled(difference: () => number): Promise<number> {
  const end = performance.now() + patienceMs;
  let error = difference();
  while (error !== 0 && performance.now() < end) {
    await look();
    error = difference();
  }
  return error;
}

const look = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, lookMs));
