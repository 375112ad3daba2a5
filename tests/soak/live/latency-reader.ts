/** A Worker that does nothing but take chunks, measures what that takes, and works a little on each. */
import type { ReaderRecord } from '../../../scripts/soak/record.mjs';
import { Listener, type ListenerData } from '../../../web/lib/bus/index.ts';
import { booksOf } from './books.ts';
import { HandOffWatch } from './hand-off.ts';
import { serve } from './thread.ts';

export interface LatencyTask {
  readonly data: ListenerData;
}

export interface LatencyFound {
  readonly books: ReaderRecord;
  /** How long each chunk waited to be seen, at most. */
  readonly handOffMs: readonly number[];
  /** How long the work on each chunk took. */
  readonly consumerMs: readonly number[];
}

/** Work that a detector of pitch might do: the chunk against itself at some lags. */
function autocorrelate(samples: Float32Array): number {
  let best = 0;
  for (let lag = 32; lag < 256; lag += 1) {
    let sum = 0;
    for (let i = lag; i < samples.length; i += 1) sum += samples[i]! * samples[i - lag]!;
    best = Math.max(best, sum);
  }
  return best;
}

serve(async ({ data }: LatencyTask, signal): Promise<LatencyFound> => {
  const listener = Listener.attach(data);
  signal.addEventListener('abort', () => listener.close());
  const watch = new HandOffWatch(listener);
  const consumerMs: number[] = [];
  for (;;) {
    watch.look();
    const chunk = listener.tryRecv() ?? (await listener.recv());
    if (chunk === undefined) break;
    const seenMs = watch.saw();
    autocorrelate(chunk.samples);
    const workedMs = performance.now() - seenMs;
    consumerMs.push(workedMs);
    listener.reportInference(workedMs);
    watch.done();
  }
  const { handOffMs } = watch;
  return { books: booksOf(listener, 'voice'), handOffMs, consumerMs };
});
