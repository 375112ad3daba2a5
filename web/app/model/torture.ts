/**
 * What a page can do to itself that its audio must survive. Each begins when it is called, ends by itself
 * or with its signal, and leaves nothing behind.
 */
import type { Session } from '../../lib/index.ts';
import frozenListenerUrl from '../torture/frozen-listener.ts?worker&url';
import type { FreezeBooks, FreezeTask } from '../torture/frozen-listener.ts';
import spinnerUrl from '../torture/spinner.ts?worker&url';
import { startWorker } from './own-worker.ts';
import { type Check, exactCheck } from './torture-books.ts';

/** One way to hurt. */
export interface Torture {
  readonly id: string;
  readonly title: string;
  /** What it does, for the person who starts it. */
  readonly words: string;
  /** @returns What only it can check. @throws The signal's reason when it aborts. */
  run(session: Session, signal: AbortSignal): Promise<readonly Check[]>;
}

const stallMs = 5000;
const stormMs = 6000;
// Long enough to make garbage in, short enough that the page can be stopped.
const sliceMs = 10;
const objectsAtOnce = 10_000;
/** Of the ring's length: so far behind is a listener that looked away. */
const lapShare = 1.25;

/** Blocks the page's thread. Whoever aborts it meanwhile is heard afterwards. */
export async function stall(ms: number, signal: AbortSignal): Promise<void> {
  await pause(0, signal);
  const end = performance.now() + ms;
  while (performance.now() < end);
  signal.throwIfAborted();
}

/** Makes garbage on the page's thread, so that its collector never rests. */
export async function storm(ms: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  let kept: unknown[] = [];
  while (performance.now() < end) {
    const sliceEnd = performance.now() + sliceMs;
    while (performance.now() < sliceEnd) {
      // The older half survives a collection or two, as in real pages.
      kept = [
        kept.slice(0, objectsAtOnce),
        Array.from({ length: objectsAtOnce }, (_, i) => ({ i })),
      ];
    }
    await pause(0, signal);
  }
}

/** Keeps every core busy with Workers. */
export async function spin(ms: number, signal: AbortSignal): Promise<void> {
  const { hardwareConcurrency: cores } = navigator;
  const workers = Array.from({ length: cores }, () => startWorker(spinnerUrl));
  try {
    await pause(ms, signal);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** Lets a listener of the mix look away until it is lapped. */
export async function freeze(session: Session, signal: AbortSignal): Promise<FreezeBooks> {
  const { mix } = session;
  const data = mix.listen({ name: 'frozen' }).transfer();
  const worker = startWorker(frozenListenerUrl);
  const { promise, resolve, reject } = Promise.withResolvers<FreezeBooks>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  worker.addEventListener('message', ({ data: books }: MessageEvent<FreezeBooks>) =>
    resolve(books),
  );
  worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  try {
    signal.throwIfAborted();
    const task: FreezeTask = { data, frames: lapShare * mix.capacityFrames };
    worker.postMessage(task);
    return await promise;
  } finally {
    worker.terminate();
    signal.removeEventListener('abort', abort);
  }
}

/** Waits until the page was hidden or frozen and is back. */
export async function leave(signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ends = new AbortController();
  let away = document.hidden;
  const follow = (isAway: boolean): void => {
    if (away && !isAway) resolve();
    away = isAway;
  };
  document.addEventListener('visibilitychange', () => follow(document.hidden), ends);
  document.addEventListener('freeze', () => follow(true), ends);
  document.addEventListener('resume', () => follow(false), ends);
  signal.addEventListener('abort', () => reject(signal.reason), ends);
  try {
    signal.throwIfAborted();
    await promise;
  } finally {
    ends.abort();
  }
}

/** All of them. */
export const tortures: readonly Torture[] = [
  {
    id: 'stall',
    title: 'Stalled page',
    words: 'The page’s thread does nothing else for five seconds.',
    run: async (_session, signal) => {
      await stall(stallMs, signal);
      return [];
    },
  },
  {
    id: 'garbage',
    title: 'Garbage',
    words: 'The page makes garbage as fast as it can, for six seconds.',
    run: async (_session, signal) => {
      await storm(stormMs, signal);
      return [];
    },
  },
  {
    id: 'cores',
    title: 'Busy cores',
    words: 'A Worker for every core does nothing but count, for six seconds.',
    run: async (_session, signal) => {
      await spin(stormMs, signal);
      return [];
    },
  },
  {
    id: 'freeze',
    title: 'Frozen listener',
    words: 'A listener in a Worker looks away for longer than the ring lasts.',
    run: async (session, signal) => frozenChecks(await freeze(session, signal)),
  },
  {
    id: 'leave',
    title: 'Hidden tab',
    words: 'Go to another tab, and come back.',
    run: async (_session, signal) => {
      await leave(signal);
      return [];
    },
  },
];

function frozenChecks({ published, delivered, dropped, pending }: FreezeBooks): readonly Check[] {
  const unaccounted = published - delivered - dropped - pending;
  return [
    exactCheck('Frames of the frozen listener unaccounted for', unaccounted),
    { name: 'Frames that it lost, and knows of', held: dropped > 0, figure: dropped },
  ];
}

/** @throws The signal's reason. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}
