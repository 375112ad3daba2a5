/** A thread that follows a bus and checks every chunk that it gets. */
import { parentPort, workerData } from 'node:worker_threads';
import { Listener, type ListenerData } from '../../web/lib/bus/index.ts';

export interface FollowTask {
  readonly data: ListenerData;
  /** Work per chunk: turns of an empty loop. */
  readonly work: number;
}

/** What the thread found; the chunks hold their number in every sample. */
export interface Followed {
  readonly delivered: number;
  readonly dropped: number;
  readonly pending: number;
  /** Chunks that were still whole after the work on them, and those that were not. */
  readonly whole: number;
  readonly lapped: number;
  /** Of the whole ones: samples that were another chunk's. */
  readonly torn: number;
  /** Sum of the jumps of `seq`. */
  readonly missed: number;
  /** Times at which the counts did not add up to a number between two readings of the bus. */
  readonly miscounted: number;
}

async function follow({ data, work }: FollowTask): Promise<Followed> {
  const listener = Listener.attach(data);
  let [whole, lapped, torn, missed, next] = [0, 0, 0, 0, 0];
  let [miscounted, counted] = [0, 0];
  for await (const chunk of listener) {
    let different = 0;
    for (let turn = 0; turn < work; turn += 1) {
      different += chunk.samples.reduce((sum, x) => sum + (x === chunk.seq % 4096 ? 0 : 1), 0);
    }
    if (chunk.valid) {
      whole += 1;
      torn += different;
    } else lapped += 1;
    missed += chunk.seq - next;
    next = chunk.seq + 1;
    const { delivered, dropped, pending } = listener;
    const published = delivered + dropped + pending;
    if (published < counted || delivered !== whole + lapped) miscounted += 1;
    counted = published;
  }
  const { delivered, dropped, pending } = listener;
  return { delivered, dropped, pending, whole, lapped, torn, missed, miscounted };
}

// Node ends a thread that only waits on memory.
const alive = setInterval(() => undefined, 1000);

void follow(workerData as FollowTask).then((followed) => {
  parentPort?.postMessage(followed);
  clearInterval(alive);
});
