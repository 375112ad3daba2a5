import { describe, expect, test } from 'vitest';
import { Heartbeat } from '../../web/lib/stt/heartbeat.ts';
import { OpenSegments } from '../../web/lib/stt/open-segments.ts';
import type { SpeechSegment } from '../../web/lib/speech-segment.ts';

const frameSamples = 512;

const segment = (start: number, frames: number, ends = false): SpeechSegment => ({
  startSample: start,
  endSample: ends ? start + frames * frameSamples : null,
  speechFrames: frames,
  probabilities: new Float32Array(frames).fill(1),
});

describe('segments without a final text', () => {
  test('are news when enough has come, and always when they have ended', () => {
    const open = new OpenSegments(500);
    const news = Array.from({ length: 40 }, (_, i) => open.update(segment(0, i + 1)));
    expect(news.flatMap((isNews, i) => (isNews ? [i + 1] : []))).toEqual([16, 32]);
    expect(open.update(segment(0, 40, true))).toBe(true);
  });

  test('stay until their last stretch has its text, in the order in which they began', () => {
    const open = new OpenSegments(500);
    const [first, second] = [segment(0, 100, true), segment(80_000, 50, true)];
    open.update(first);
    open.update(second);
    open.settle({ startSample: 80_000, endSample: 80_000 + 50 * frameSamples });
    expect(open.open).toEqual([first]);
    open.settle({ startSample: 0, endSample: 100 * frameSamples });
    expect(open.open).toEqual([]);
  });

  test('that were cut begin, for a new Worker, where the last final text ended', () => {
    const open = new OpenSegments(500);
    open.update(segment(1000, 600));
    open.settle({ startSample: 1000, endSample: 250_000 });
    expect(open.beginOf(segment(1000, 600))).toBe(250_000);
    open.update(segment(1000, 700, true));
    expect(open.beginOf(segment(1000, 700))).toBe(250_000);
    open.settle({ startSample: 250_000, endSample: 1000 + 700 * frameSamples });
    expect(open.open).toEqual([]);
  });

  test('are left alone by the text of another stretch', () => {
    const open = new OpenSegments(500);
    const kept = segment(1000, 100, true);
    open.update(kept);
    open.settle({ startSample: 0, endSample: 1000 + 100 * frameSamples });
    expect(open.open).toEqual([kept]);
  });

  test('can be forgotten, once', () => {
    const open = new OpenSegments(500);
    open.update(segment(0, 9));
    expect([open.forget(0), open.forget(0)]).toEqual([true, false]);
    expect(open.open).toEqual([]);
  });
});

describe('a heartbeat', () => {
  test('tells how many chunks have come since, also past 2^31 and 2^32', () => {
    for (const chunks of [0, 2 ** 31 - 1, 2 ** 32 - 1]) {
      const page = new Heartbeat();
      const worker = new Heartbeat(page.buffer);
      worker.beat(chunks);
      expect(page.silence(chunks + 5)).toBe(5);
      worker.beat(chunks + 5);
      expect(page.silence(chunks + 5)).toBe(0);
    }
  });
});
