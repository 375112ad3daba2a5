import type { ClockSteps } from '../../../shared/clock-steps.ts';
import { clockWorkerWord, clockWorkerWords } from '../../../shared/layout.gen.ts';
import type { DeadlineSettings } from '../../../shared/messages.ts';
import { startModule, type WorkerStarter } from '../../worker-starter.ts';
import clockWorkerUrl from './clock-worker.ts?worker&url';

// One for the audio thread, one for the page, one for this Worker, and one for what else runs.
const leastCores = 4;

/** Why there can be no clock Worker here; empty: there can. */
export function clockWorkerObstacle(): string {
  const cores = navigator.hardwareConcurrency;
  if (!globalThis.crossOriginIsolated) return 'A clock Worker needs a page that is isolated.';
  if (cores >= leastCores) return '';
  return `A clock Worker needs ${leastCores} processor cores to itself and others, here are ${cores}.`;
}

/** A clock Worker, as long as it is wanted. Page only. */
export class RunningClock {
  readonly settings: NonNullable<DeadlineSettings['worker']>;
  readonly #worker: Worker;

  private constructor(worker: Worker, words: SharedArrayBuffer, steps: ClockSteps) {
    this.#worker = worker;
    this.settings = { words, steps };
  }

  /** Null where the Worker's clock has steps that are too long. @throws Error when it does not start. */
  static async start(startWorker: WorkerStarter = startModule): Promise<RunningClock | null> {
    const worker = startWorker(clockWorkerUrl);
    const words = new SharedArrayBuffer(clockWorkerWords * Int32Array.BYTES_PER_ELEMENT);
    const { promise, resolve, reject } = Promise.withResolvers<ClockSteps | null>();
    worker.addEventListener('message', ({ data }: MessageEvent<ClockSteps | null>) =>
      resolve(data),
    );
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(`The clock Worker did not start: ${message}`)),
    );
    worker.postMessage(words);
    const steps = await promise;
    if (steps !== null) return new RunningClock(worker, words, steps);
    worker.terminate();
    return null;
  }

  close(): void {
    Atomics.store(new Int32Array(this.settings.words), clockWorkerWord.stop, 1);
    this.#worker.terminate();
  }
}
