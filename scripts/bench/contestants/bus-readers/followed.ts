/** A C++ benchmark that writes a mix ring, with Workers that follow it. */
import type { Kernels } from '../../kernels.mjs';
import type { Program } from '../../contestant-table.mjs';
import { type ReaderJob, readerStateOf, readerWord } from './state.ts';

const stateWords = readerWord.count;
/** Written while the readers are checked. */
const checkedOperations = 1000;

const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Readers that follow, or sleep. */
class Readers {
  readonly #state: Int32Array<SharedArrayBuffer>;
  readonly #workers: readonly Worker[];

  constructor(memory: WebAssembly.Memory, byteOffset: number, count: number) {
    this.#state = new Int32Array(new SharedArrayBuffer(4 * (1 + count * stateWords)));
    this.#workers = Array.from({ length: count }, (_, index) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        type: 'module',
      });
      const job: ReaderJob = { memory, byteOffset, state: this.#state, index };
      worker.postMessage(job);
      return worker;
    });
  }

  /** Settles when all follow, or all sleep. */
  async follow(on: boolean): Promise<void> {
    const wanted = on ? 1 : 0;
    Atomics.store(this.#state, 0, wanted);
    Atomics.notify(this.#state, 0);
    while (!this.#states.every((state) => state[readerWord.following] === wanted)) await sleep();
  }

  get #states(): Int32Array[] {
    return this.#workers.map((_, index) => readerStateOf(this.#state, index));
  }

  /** Every reader has seen something, and accounts for all that it was to see. */
  assertExact(): void {
    for (const state of this.#states) {
      if (state[readerWord.seen] === 0)
        throw new Error('A reader saw nothing of what was written.');
      if (state[readerWord.faults] !== 0) throw new Error('A reader lost count.');
    }
  }

  close(): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

/** The benchmark, followed by as many readers while it is timed. */
export function followed(kernels: Kernels, kernel: string, count: number): Program {
  kernels.check(kernel);
  const readers = new Readers(kernels.memory, kernels.shared(kernel), count);
  return {
    check: async () => {
      await readers.follow(true);
      kernels.run(kernel, checkedOperations);
      await readers.follow(false);
      readers.assertExact();
    },
    run: (operations) => kernels.run(kernel, operations),
    resume: () => readers.follow(true),
    pause: () => readers.follow(false),
    close: () => readers.close(),
  };
}
