/** A session in the field, in Node: an engine with a flight recorder, and the file that it leaves. */
import { encodeFlight } from '../../web/shared/flight-file.ts';
import type { FlightSegment } from '../../web/shared/flight-log.ts';
import { FlightMemory } from '../../web/shared/flight-memory.ts';
import { constants } from '../../web/shared/layout.gen.ts';
import { type EngineBuild, HeadlessEngine } from './engines.ts';
import { noise, seededRandom } from './random.ts';

/** Every effect on, and the analysis. */
const settings = [
  { kind: 'set', input: 0, parameter: 'gateOn', value: 1 },
  { kind: 'set', input: 0, parameter: 'compressorOn', value: 1 },
  { kind: 'set', input: 0, parameter: 'highPassOn', value: 1 },
  { kind: 'set', input: 0, parameter: 'lowMidDb', value: 6 },
  { kind: 'set-master', parameter: 'limiterOn', value: 1 },
  { kind: 'set-analysis', parameter: 'on', value: 1 },
] as const;

/** A second of noise in quanta of 128, with commands on the way. */
export class FieldSession {
  readonly engine: HeadlessEngine;
  readonly #random = seededRandom(1);

  private constructor(engine: HeadlessEngine) {
    this.engine = engine;
  }

  static async start(build: EngineBuild = 'engine', segments = 4): Promise<FieldSession> {
    return new FieldSession(await HeadlessEngine.start(build, 16_384, segments));
  }

  /** The next engine in the same memory, as after a trap. */
  async successor(): Promise<FieldSession> {
    return new FieldSession(await this.engine.successor());
  }

  run(seconds: number): void {
    const quanta = Math.round((seconds * 48_000) / constants.defaultQuantumFrames);
    for (let i = 0; i < quanta; i += 1) {
      if (i === 20) this.engine.send(settings);
      if (i === 150) {
        this.engine.send([{ kind: 'set', input: 0, parameter: 'gainDb', value: -9 }]);
      }
      this.quantum();
    }
  }

  quantum(): void {
    const channel = (): Float32Array => noise(constants.defaultQuantumFrames, this.#random);
    this.engine.feed([channel(), channel()]);
  }

  get segments(): FlightSegment[] {
    return new FlightMemory(this.engine.buffer).copy();
  }

  get file(): Uint8Array {
    return flightFile(this.segments);
  }
}

/** The bytes of a file. */
export function flightFile(segments: readonly FlightSegment[]): Uint8Array<ArrayBuffer> {
  const occasion = { rateHz: 48_000, reason: 'test', savedAt: '2026-01-01T00:00:00.000Z' };
  return new Uint8Array(Buffer.concat([...encodeFlight(occasion, segments)]));
}
