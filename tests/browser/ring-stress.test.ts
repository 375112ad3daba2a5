import { expect, test } from 'vitest';
import type { ReaderJob, ReaderReport, ReaderResult } from './ring-stress/reader-worker.ts';
import {
  controlWord,
  createBuffers,
  start,
  type StressBuffers,
  writerName,
  writersOf,
} from './ring-stress/stress-memory.ts';
import writerUrl from './ring-stress/writer-processor.ts?worker&url';

// Each Worker reads every ring: 16 readers, 4 of each ring.
const workers = 4;
const sampleRate = 48000;
const quantumFrames = 128;

/** A Worker with one job. */
class ReaderThread {
  readonly #worker = new Worker(new URL('./ring-stress/reader-worker.ts', import.meta.url), {
    type: 'module',
  });

  /** Starts the job and waits until the Worker reads. */
  async start(job: ReaderJob): Promise<void> {
    const ready = this.#next();
    this.#worker.postMessage(job);
    await ready;
  }

  async result(): Promise<ReaderReport> {
    const report = await this.#next();
    this.#worker.terminate();
    return report;
  }

  #next(): Promise<ReaderReport> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<ReaderReport>) => resolve(data);
      this.#worker.onerror = ({ message }) => reject(new Error(message));
    });
  }
}

/** Renders quanta, as fast as the audio thread can, with the writer in them. */
async function render(buffers: StressBuffers, quanta: number): Promise<void> {
  const length = quanta * quantumFrames;
  const context = new OfflineAudioContext({ length, sampleRate });
  await context.audioWorklet.addModule(writerUrl);
  const node = new AudioWorkletNode(context, writerName, { processorOptions: buffers });
  node.connect(context.destination);
  await context.startRendering();
}

/** Writes quanta, and more of them until every Worker was overtaken while it read. */
async function write(buffers: StressBuffers, quanta: number): Promise<void> {
  const control = new Int32Array(buffers.control);
  do {
    await render(buffers, quanta);
  } while (Atomics.load(control, controlWord.overtaken) < workers);
  Atomics.store(control, controlWord.finished, 1);
}

interface Outcome {
  readonly buffers: StressBuffers;
  readonly results: readonly ReaderReport[];
  readonly readers: readonly (readonly ReaderResult[])[];
}

async function run(quanta: number, confirms: boolean): Promise<Outcome> {
  const buffers = createBuffers();
  const threads = Array.from({ length: workers + 1 }, () => new ReaderThread());
  await threads[0]!.start({ kind: 'pop', buffers });
  for (const thread of threads.slice(1)) await thread.start({ kind: 'follow', buffers, confirms });
  const finished = Promise.all(threads.map((thread) => thread.result()));
  await write(buffers, quanta);
  const results = await finished;
  const readers = results.flatMap((result) => (result.kind === 'followed' ? [result.readers] : []));
  return { buffers, results, readers };
}

test('sixteen readers in Workers get from the worklet what is whole and count what they lost', async () => {
  const { buffers, results, readers } = await run(10_000, true);
  expect(readers).toHaveLength(workers);
  writersOf(buffers).forEach(({ position }, ring) => {
    const written = position - start;
    expect(written).toBeGreaterThanOrEqual(10_000);
    const ofRing = readers.map((ofWorker) => ofWorker[ring]!);
    for (const { delivered, dropped, droppedReported, torn } of ofRing) {
      expect({ torn, total: delivered + dropped }).toEqual({ torn: 0, total: written });
      expect(droppedReported).toBe(dropped);
    }
    expect(ofRing.some(({ delivered }) => delivered > 0)).toBe(true);
  });
  const pushed = new Int32Array(buffers.control)[controlWord.pushed];
  expect(results[0]).toEqual({ kind: 'popped', frames: pushed, wrong: 0 });
  expect(pushed).toBeGreaterThan(1000);
});

test('without the check after reading, the same stress finds torn frames', async () => {
  const { readers } = await run(10_000, false);
  expect(readers.flat().some(({ torn }) => torn > 0)).toBe(true);
});
