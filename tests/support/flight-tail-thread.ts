/** A thread that follows the flight recorder's log and checks every frame that it gets. */
import { parentPort, workerData } from 'node:worker_threads';
import { FlightTail, planeOf } from '../../web/shared/flight-tail.ts';
import { madeSample } from './made-sound.ts';

export interface TailTask {
  /** The engine's memory. */
  readonly memory: SharedArrayBuffer;
  /** Frames that came, frames that were given up, whether the writer has ended. */
  readonly words: SharedArrayBuffer;
}

/** What the thread found. */
export interface Tailed {
  readonly frames: number;
  readonly missing: number;
  /** Samples that are not those of their frame. */
  readonly wrong: number;
}

/** Words of a task. */
export const tailWord = { frames: 0, missing: 1, ended: 2 } as const;

function follow({ memory, words: buffer }: TailTask): Tailed {
  const words = new Int32Array(buffer);
  const tail = new FlightTail(memory);
  let [next, wrong] = [0, 0];
  for (;;) {
    const isLast = Atomics.load(words, tailWord.ended) === 1;
    const quantum = tail.next();
    if (quantum === undefined && isLast) break;
    if (quantum === undefined) continue;
    const { frame, frames } = quantum;
    // Slow, so that the writer comes round in the middle of a segment that is read.
    for (const channel of [0, 1, 0, 1, 0, 1]) {
      const plane = planeOf(quantum, 0, channel)!;
      wrong += plane.filter((sample, i) => sample !== madeSample(channel, frame + i)).length;
    }
    Atomics.add(words, tailWord.missing, frame - next);
    Atomics.add(words, tailWord.frames, frames);
    next = frame + frames;
  }
  const [frames, missing] = [tailWord.frames, tailWord.missing].map((word) => words[word]!);
  return { frames: frames!, missing: missing!, wrong };
}

parentPort?.postMessage(follow(workerData as TailTask));
