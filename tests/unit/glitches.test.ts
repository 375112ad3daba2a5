import { expect, test } from 'vitest';
import { GlitchLog } from '../../web/lib/glitches/glitch-log.ts';
import type { NewGlitch } from '../../web/lib/glitches/glitch.ts';
import { Growth } from '../../web/lib/glitches/growth.ts';

function underrun(pageMs: number): NewGlitch {
  return { kind: 'underrun', audioMs: null, pageMs, earlierMs: 100, durationMs: 10, events: 1 };
}

test('the log holds the newest glitches and counts all of them', () => {
  const log = new GlitchLog(3);
  for (let i = 0; i < 5; i += 1) log.add(underrun(i));
  expect(log.events.map(({ id }) => id)).toEqual([2, 3, 4]);
  expect([log.total, log.forgotten]).toEqual([5, 2]);
  expect(log.counts.underrun).toEqual({ events: 5, durationMs: 50 });
  expect(log.counts['long-task']).toEqual({ events: 0, durationMs: 0 });
});

test('a list that was handed out does not change', () => {
  const log = new GlitchLog(3);
  log.add(underrun(0));
  const before = log.events;
  log.add(underrun(1));
  expect(before).toHaveLength(1);
  expect(log.events).toHaveLength(2);
});

test('glitches that nobody saw one by one are counted', () => {
  const log = new GlitchLog(3);
  log.count('missed-quanta', 7, 21);
  expect(log.counts['missed-quanta']).toEqual({ events: 7, durationMs: 21 });
  expect(log.events).toEqual([]);
});

test('growth is told once, from 0 on', () => {
  const growth = new Growth(1);
  expect([null, 5, 5, 7, null, 8].map((count) => growth.take(count))).toEqual([0, 5, 0, 2, 0, 1]);
});

test('small growth waits until it is enough', () => {
  const growth = new Growth(5);
  expect([0, 3, 4, 6, 8].map((count) => growth.take(count))).toEqual([0, 0, 0, 6, 0]);
});

test('a counter that began anew goes on from there', () => {
  const growth = new Growth(1);
  expect([9, 2, 4].map((count) => growth.take(count))).toEqual([9, 0, 2]);
});
