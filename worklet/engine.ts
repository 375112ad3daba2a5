import { constants, engineStatus } from '../web/shared/layout.gen.ts';
import type { EngineMemory } from '../web/shared/messages.ts';
import type { EngineExports } from './exports.gen.ts';
import { writeRing } from './write-ring.ts';

/** Whether an engine starts with cleared memory or goes on where another one stopped. */
export type EngineStart = 'fresh' | 'inherited';

/** The engine refused to start; `status` is an `engineStatus` code. */
export class EngineStartError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The engine refused to start with status ${status}.`);
    this.status = status;
  }
}

/** An engine, wasm or JavaScript, with views on its input ring. */
export class Engine {
  readonly #exports: EngineExports;
  readonly #planes: readonly Float32Array[];
  readonly #mask: number;
  #written = 0;

  /** Takes the engine's memory. @throws EngineStartError */
  constructor(
    exports: EngineExports,
    memory: EngineMemory,
    start: EngineStart,
    capacity: number = constants.inputCapacityFrames,
  ) {
    check(exports.set_sample_rate(sampleRate));
    const input = start === 'fresh' ? exports.init(capacity) : exports.resume(capacity);
    check(exports.get_status());
    const bytes = capacity * Float32Array.BYTES_PER_ELEMENT;
    this.#planes = Array.from(
      { length: constants.inputChannels },
      (_, channel) => new Float32Array(memory.buffer, input + channel * bytes, capacity),
    );
    this.#exports = exports;
    this.#mask = capacity - 1;
  }

  /** Byte offset of the telemetry block in the engine's memory. */
  get telemetryOffset(): number {
    return this.#exports.get_telemetry_ptr();
  }

  /**
   * Audio thread only. Copies a quantum into the input ring and processes it.
   * @returns An `engineStatus` code.
   */
  process(input: readonly Float32Array[], frames: number): number {
    for (let channel = 0; channel < constants.inputChannels; channel += 1) {
      writeRing(this.#planes[channel]!, this.#mask, this.#written, input, channel, frames);
    }
    this.#written = (this.#written + frames) | 0;
    this.#exports.set_write_pos(this.#written);
    return this.#exports.process_quantum(frames);
  }
}

function check(status: number): void {
  if (status !== engineStatus.ok) throw new EngineStartError(status);
}
