import { type DelayExports, delayMemoryPages, delayReadings } from '../../shared/delay.gen.ts';
import { delayModuleMissing } from '../session-errors.ts';

/** By how much the second signal lags the first. */
export interface Delay {
  /** Whether the second signal holds anything of the first; if not, the rest means nothing. */
  readonly found: boolean;
  /** Positive: the second signal is late. */
  readonly frames: number;
  /** Standard deviation. */
  readonly errorFrames: number;
  /** The square of the coherence, 0 to 1, the mean of the band. */
  readonly coherence: number;
  readonly inverted: boolean;
}

/**
 * The engine's delay estimator, on the page: a measurement takes some milliseconds. Its memory is
 * large and costs only what is touched; it goes with the object.
 */
export class DelayModule {
  readonly #exports: DelayExports;
  readonly #buffer: ArrayBuffer;
  readonly #frames: number;
  readonly #maxDelay: number;

  private constructor(
    exports: DelayExports,
    buffer: ArrayBuffer,
    frames: number,
    maxDelay: number,
  ) {
    this.#exports = exports;
    this.#buffer = buffer;
    this.#frames = frames;
    this.#maxDelay = maxDelay;
    assertOk(exports.delay_start(frames, maxDelay));
  }

  /**
   * @param url Of offline.wasm. @param frames A power of two from 1024 to 65536. @param maxDelay Below
   *   half of them.
   * @throws SessionError `asset-missing`, or the signal's reason.
   */
  static async load(
    url: string | URL,
    frames: number,
    maxDelay: number,
    signal: AbortSignal,
  ): Promise<DelayModule> {
    const { exports, memory } = await instantiate(url, signal);
    return new DelayModule(exports, memory.buffer, frames, maxDelay);
  }

  /** Makes one period of a maximum length sequence the first signal, and returns a copy of it. */
  sequence(order: number): Float32Array<ArrayBuffer> {
    assertOk(this.#exports.delay_sequence(order));
    const start = this.#exports.get_first_ptr();
    return new Float32Array(this.#buffer, start, this.#frames).slice(0, 2 ** order - 1);
  }

  /** Takes these samples as the first signal: `frames` of them. */
  setFirst(samples: Float32Array): void {
    new Float32Array(this.#buffer, this.#exports.get_first_ptr(), this.#frames).set(samples);
  }

  /**
   * Looks for the first signal in another one.
   *
   * @param second `frames + 2 maxDelay` samples, of which that at `maxDelay` was taken at the same
   *   instant as the first one of the first signal.
   */
  measure(second: Float32Array): Delay {
    const length = this.#frames + 2 * this.#maxDelay;
    new Float32Array(this.#buffer, this.#exports.get_second_ptr(), length).set(second);
    assertOk(this.#exports.delay_measure());
    return this.#read();
  }

  #read(): Delay {
    const view = new DataView(this.#buffer, this.#exports.get_delay_readings_ptr());
    const value = (name: keyof typeof delayReadings): number =>
      view.getFloat64(delayReadings[name], true);
    return {
      found: value('found') === 1,
      frames: value('frames'),
      errorFrames: value('errorFrames'),
      coherence: value('coherence'),
      inverted: value('inverted') === 1,
    };
  }
}

async function instantiate(
  url: string | URL,
  signal: AbortSignal,
): Promise<{ exports: DelayExports; memory: WebAssembly.Memory }> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${String(url)} answered ${response.status}.`);
    const bytes = await response.arrayBuffer();
    const pages = delayMemoryPages;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    return { exports: instance.exports as unknown as DelayExports, memory };
  } catch (error) {
    signal.throwIfAborted();
    throw delayModuleMissing(error);
  }
}

function assertOk(status: number): void {
  if (status !== 0) throw new Error(`The offline module answered ${status}.`);
}
