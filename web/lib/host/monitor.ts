// A switch without a click: 63 % of the way in this time.
const rampSec = 0.015;

/** Lets the input be heard or not. The graph is always pulled, so the processor runs either way. */
export class Monitor {
  readonly #gain: GainNode;
  #on: boolean;

  constructor(context: AudioContext, source: AudioNode, on: boolean) {
    this.#on = on;
    this.#gain = new GainNode(context, { gain: on ? 1 : 0 });
    source.connect(this.#gain).connect(context.destination);
  }

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    this.#gain.gain.setTargetAtTime(on ? 1 : 0, this.#gain.context.currentTime, rampSec);
  }

  /** Another node is to be heard in place of the one before, which is cut off by its owner. */
  listenTo(source: AudioNode): void {
    source.connect(this.#gain);
  }

  close(): void {
    this.#gain.disconnect();
  }
}
