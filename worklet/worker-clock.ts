import type { ClockSteps } from '../web/shared/clock-steps.ts';
import { clockWorkerWord as word, deadlineClock } from '../web/shared/layout.gen.ts';
import { type QuantumClock, refused } from './quantum-clock.ts';

// Some tens of nanoseconds each: a Worker that runs writes several times in this many.
const looksForBeat = 64;

/**
 * The clock of a Worker that writes `performance.now()` to shared memory all the while. It leaves no
 * garbage. A Worker that the system has taken off its core does not write, so both readings wait for
 * it to write once more; when it does not, the quantum is not measured.
 *
 * Audio thread only. Takes up to 3 µs a reading.
 */
export class WorkerClock implements QuantumClock {
  readonly kind: number = deadlineClock.worker;
  readonly stepNs: number;
  readonly jittered: boolean;
  readonly #words: Int32Array;
  #runs = false;
  // In an array, because a number that is no small integer is an object of its own in a field.
  readonly #from = new Int32Array(1);

  constructor(buffer: SharedArrayBuffer, { stepNs, jittered }: ClockSteps) {
    this.#words = new Int32Array(buffer);
    this.stepNs = stepNs;
    this.jittered = jittered;
  }

  begin(): void {
    this.#runs = this.#awaitBeat();
    this.#from[0] = Atomics.load(this.#words, word.micros);
  }

  end(): number {
    const runs = this.#awaitBeat() && this.#runs;
    const elapsedUs = (Atomics.load(this.#words, word.micros) - this.#from[0]!) | 0;
    return runs && elapsedUs >= 0 ? elapsedUs * 1000 : refused;
  }

  #awaitBeat(): boolean {
    const beat = Atomics.load(this.#words, word.beats);
    for (let look = 0; look < looksForBeat; look += 1) {
      if (Atomics.load(this.#words, word.beats) !== beat) return true;
    }
    return false;
  }
}
