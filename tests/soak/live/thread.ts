/** Both ends of a Worker that gets one task, is told to finish, and answers once. */

/** The page's end. */
export class Thread<Task, Result> {
  readonly #worker: Worker;
  readonly #result: Promise<Result>;

  constructor(worker: Worker, task: Task) {
    this.#worker = worker;
    this.#result = new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Result>) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    });
    worker.postMessage(task);
  }

  /** Lets the Worker come to its end. */
  async finish(): Promise<Result> {
    this.#worker.postMessage('finish');
    const result = await this.#result;
    this.#worker.terminate();
    return result;
  }
}

/** The Worker's end: works on the one task that it gets; the signal aborts when it is to finish. */
export function serve(work: (task: never, signal: AbortSignal) => Promise<unknown>): void {
  const ends = new AbortController();
  // A Worker's, but this folder is compiled for the page.
  globalThis.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'finish') ends.abort();
    else {
      const done = work(data as never, ends.signal);
      void done.then((result) => globalThis.postMessage(result), reportError);
    }
  });
}

/** Whether a wait came to its end, and not to the signal. */
export async function waited(wait: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  try {
    await wait;
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
