/** The mix ring written while 16 Workers follow it: see `benchmarks/bus-write.mjs`. */
import type { ProgramMaker } from '../contestant-table.mjs';
import { type ReaderJob, readerStateOf, readerWord } from './bus-readers/state.ts';

const kernel = 'bus_write';
const readers = 16;
const stateWords = readerWord.count;

const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Readers that follow, or sleep. */
class Readers {
  readonly #state = new Int32Array(new SharedArrayBuffer(4 * (1 + readers * stateWords)));
  readonly #workers: readonly Worker[];

  constructor(memory: WebAssembly.Memory, byteOffset: number) {
    this.#workers = Array.from({ length: readers }, (_, index) => {
      const worker = new Worker(new URL('./bus-readers/worker.ts', import.meta.url), {
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
    return Array.from({ length: readers }, (_, index) => readerStateOf(this.#state, index));
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

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  '16-readers': (kernels) => {
    kernels.check(kernel);
    const threads = new Readers(kernels.memory, kernels.shared(kernel));
    return {
      check: async () => {
        await threads.follow(true);
        kernels.run(kernel, 1000);
        await threads.follow(false);
        threads.assertExact();
      },
      run: (operations) => kernels.run(kernel, operations),
      resume: () => threads.follow(true),
      pause: () => threads.follow(false),
      close: () => threads.close(),
    };
  },
};
