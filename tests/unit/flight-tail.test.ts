import { describe, expect, test } from 'vitest';
import { FlightMemory } from '../../web/shared/flight-memory.ts';
import { FlightTail, planeOf } from '../../web/shared/flight-tail.ts';
import { HeadlessEngine } from '../support/engines.ts';
import { type Tailed, tailWord } from '../support/flight-tail-thread.ts';
import { madeFeed, madeSample } from '../support/made-sound.ts';
import { bundleForThread, runThread } from '../support/node-worker.ts';

const quantumFrames = 512;
// A segment holds about so many quanta.
const segmentQuanta = 480;

/** An engine whose input 0 gets samples that say their frame. */
async function start(segments: number) {
  const engine = await HeadlessEngine.start('engine', 16_384, segments);
  const feed = madeFeed(engine, quantumFrames);
  return { engine, tail: new FlightTail(engine.buffer), feed };
}

/** Reads all there is. @returns Frames that came, in order and right, and those between them. */
function drain(tail: FlightTail, first: number): { next: number; missing: number } {
  let [next, missing] = [first, 0];
  for (let quantum = tail.next(); quantum !== undefined; quantum = tail.next()) {
    const { frame, frames } = quantum;
    for (const channel of [0, 1]) {
      const plane = planeOf(quantum, 0, channel)!;
      const right = plane.filter((sample, i) => sample === madeSample(channel, frame + i));
      expect([plane.length, right.length]).toEqual([frames, frames]);
    }
    expect(planeOf(quantum, 0, 2)).toBeUndefined();
    expect(planeOf(quantum, 1, 0)).toBeUndefined();
    missing += frame - next;
    next = frame + frames;
  }
  return { next, missing };
}

describe('a tail of the flight recorder’s log', () => {
  test('gets every frame of an input, over the seams of segments, while it is written', async () => {
    const { tail, feed } = await start(4);
    expect(tail.isRecording).toBe(true);
    expect(tail.next()).toBeUndefined();
    let [next, missing] = [0, 0];
    for (let i = 0; i < 30; i += 1) {
      const end = feed(1 + ((i * 37) % 100));
      const read = drain(tail, next);
      expect(read.next).toBe(end);
      missing += read.missing;
      next = read.next;
    }
    expect(next).toBeGreaterThan(3 * segmentQuanta * quantumFrames);
    expect(missing).toBe(0);
  });

  test('goes to the segment of a frame in the past', async () => {
    const { tail, feed } = await start(4);
    const end = feed(3 * segmentQuanta);
    const wanted = end - 100 * quantumFrames;
    tail.seek(wanted);
    const quantum = tail.next()!;
    expect(quantum.frame).toBeLessThanOrEqual(wanted);
    expect(wanted - quantum.frame).toBeLessThan(2 * segmentQuanta * quantumFrames);
  });

  test('that was lapped goes on with the oldest segment, and the frames tell what is missing', async () => {
    const { engine, tail, feed } = await start(2);
    const before = drain(tail, 0).next;
    const read = feed(10);
    expect(drain(tail, before)).toEqual({ next: read, missing: 0 });
    const end = feed(5 * segmentQuanta);
    const oldest = new FlightMemory(engine.buffer).holding.firstFrame!;
    expect(oldest - read).toBeGreaterThan(2 * segmentQuanta * quantumFrames);
    expect(drain(tail, read)).toEqual({ next: end, missing: oldest - read });
  });

  test('has nothing to follow where nothing is recorded', async () => {
    const { tail, feed } = await start(0);
    feed(10);
    expect(tail.isRecording).toBe(false);
    expect(tail.next()).toBeUndefined();
  });

  test('in another thread gets nothing torn from a writer that laps it', async () => {
    const { engine, feed } = await start(2);
    const code = await bundleForThread('tests/support/flight-tail-thread.ts');
    const words = new Int32Array(new SharedArrayBuffer(12));
    const tailed = runThread<Tailed>(code, { memory: engine.buffer, words: words.buffer });
    const enough = segmentQuanta * quantumFrames;
    const count = (word: number): number => Atomics.load(words, word);
    let end = 0;
    while (count(tailWord.missing) === 0 || count(tailWord.frames) < enough) {
      end = feed(2 * segmentQuanta);
      // The reader's thread gets its turn on one core too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    Atomics.store(words, tailWord.ended, 1);
    const { frames, missing, wrong } = await tailed;
    expect(wrong).toBe(0);
    expect(frames + missing).toBe(end);
  });
});
