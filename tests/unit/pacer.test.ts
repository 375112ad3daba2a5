import { describe, expect, test } from 'vitest';
import { Pacer } from '../../web/lib/bus/pacer.ts';
import { seededRandom } from '../support/random.ts';

const chunkMs = 32;
const burstMs = 10;

interface Listening {
  /** How late each chunk was seen, in milliseconds. */
  readonly latenessMs: readonly number[];
  readonly looks: number;
}

interface Writer {
  readonly chunks: number;
  /** Where the first chunk lies between the bursts. */
  readonly phaseMs?: number;
  /** From this chunk on, everything comes `stallMs` later. */
  readonly stallAt?: number;
  readonly stallMs?: number;
}

/**
 * A listener at a simulated clock: chunks come at the first burst after their time, sleeps take as
 * long as asked and up to 0.2 ms more.
 */
function listen({ chunks, phaseMs = 3.3, stallAt = Infinity, stallMs = 0 }: Writer): Listening {
  const pacer = new Pacer(chunkMs);
  const random = seededRandom(3);
  const latenessMs: number[] = [];
  let nowMs = 0;
  let looks = 0;
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    const shiftMs = chunk >= stallAt ? stallMs : 0;
    const arrivalMs = Math.ceil((chunk * chunkMs + phaseMs) / burstMs) * burstMs + shiftMs;
    let missingMs = nowMs;
    while (nowMs < arrivalMs) {
      missingMs = nowMs;
      nowMs += pacer.delayMs(chunk, nowMs) + random() * 0.2;
      looks += 1;
    }
    latenessMs.push(nowMs - arrivalMs);
    pacer.saw(chunk, nowMs, missingMs);
  }
  return { latenessMs, looks };
}

describe('a listener that paces itself', () => {
  test.each([0, 1.5, 3.3, 6, 7.9, 9.9])(
    'sees every chunk of a writer that bursts at %f ms within the polling time',
    (phaseMs) => {
      const { latenessMs } = listen({ chunks: 1000, phaseMs });
      expect(Math.max(...latenessMs)).toBeLessThan(1.5);
    },
  );

  test('looks no more often than the bursts make it uncertain', () => {
    const { looks } = listen({ chunks: 10_000 });
    expect(looks / 10_000).toBeLessThan(8);
  });

  test('finds the rhythm again after the writer stood still', () => {
    const { latenessMs, looks } = listen({ chunks: 10_000, stallAt: 5000, stallMs: 613 });
    expect(latenessMs.filter((ms) => ms > 1.5)).toHaveLength(1);
    expect(Math.max(...latenessMs)).toBeLessThan(26);
    expect(looks / 10_000).toBeLessThan(8);
  });

  test('is early again soon after the chunks come earlier', () => {
    const { latenessMs } = listen({ chunks: 10_000, stallAt: 5000, stallMs: -17 });
    expect(latenessMs.filter((ms) => ms > 1.5).length).toBeLessThan(8);
    expect(latenessMs.slice(5010).every((ms) => ms < 1.5)).toBe(true);
  });
});

test('looks at a writer that stands still become rare', () => {
  const pacer = new Pacer(chunkMs);
  pacer.saw(1, 100, 99);
  expect(pacer.delayMs(2, 100)).toBe(19);
  expect(pacer.delayMs(2, 140)).toBe(1);
  expect(pacer.delayMs(2, 60_000)).toBe(25);
});
