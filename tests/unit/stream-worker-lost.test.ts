import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamReport } from '../../web/lib/streamer/messages.ts';
import { Stream } from '../../web/lib/streamer/stream.ts';

/** A Worker that says what it is told to say. */
class SaidWorker extends EventTarget {
  readonly heard: unknown[] = [];
  isTerminated = false;

  postMessage(order: unknown): void {
    this.heard.push(order);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: StreamReport): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

let mixedMs = 0;
let released = 0;

function begin(): { stream: Stream; worker: SaidWorker } {
  const worker = new SaidWorker();
  const stream = new Stream({
    worker: worker as unknown as Worker,
    url: 'wss://radio.example/live',
    release: () => void (released += 1),
    mixedMs: () => mixedMs,
  });
  worker.say({ kind: 'ready' });
  return { stream, worker };
}

beforeEach(() => {
  vi.useFakeTimers();
  [mixedMs, released] = [0, 0];
});
afterEach(() => vi.useRealTimers());

test('a Worker that is silent while sound goes on is given up, and a stop is over at once', async () => {
  const { stream, worker } = begin();
  const stopping = stream.stop();
  mixedMs = 19_000;
  vi.advanceTimersByTime(60_000);
  expect(worker.isTerminated).toBe(false);
  mixedMs = 21_000;
  vi.advanceTimersByTime(1000);
  await stopping;
  expect(stream.status).toMatchObject({ state: 'stopped', code: 'worker-failed' });
  expect([worker.isTerminated, released]).toEqual([true, 1]);
});

test('a Worker that tells of itself is not, however long it goes on', () => {
  const { stream, worker } = begin();
  for (let minute = 0; minute < 10; minute += 1) {
    mixedMs += 15_000;
    worker.say({ kind: 'status', status: { ...stream.status, state: 'live' } });
    vi.advanceTimersByTime(15_000);
  }
  expect(stream.status.state).toBe('live');
});
