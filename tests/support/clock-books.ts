/** In the page: whether every frame of the audio clock was received or is counted as missed. */
import type { Session } from '../../web/lib/index.ts';

/** Frames of the context's clock; exact when `clock` is the sum of the others. */
export interface ClockBooks {
  readonly clock: number;
  readonly first: number;
  readonly received: number;
  readonly missed: number;
}

const attempts = 1000;
const retryMs = 1;

/**
 * Reads clock and counters within one quantum, while the clock runs: one that is held may have passed
 * the frames of the browser's last callback, which are counted when it goes on. Where they never agree,
 * the last reading says by how much.
 */
export async function clockBooks({ context, scope }: Session): Promise<ClockBooks> {
  let books: ClockBooks;
  let attempt = 0;
  do {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, retryMs));
    attempt += 1;
    books = {
      clock: Math.round(context.currentTime * context.sampleRate),
      first: scope.firstFrame,
      received: scope.frames,
      missed: scope.missedFrames,
    };
  } while (attempt < attempts && books.clock !== books.first + books.received + books.missed);
  return books;
}
