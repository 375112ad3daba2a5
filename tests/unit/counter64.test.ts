import { expect, test } from 'vitest';
import { addToCounter, readCounter } from '../../web/shared/counter64.ts';

test('a counter goes on past 2^31 and 2^32', () => {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const amounts = [2 ** 31 - 1, 1, 1, 2 ** 31 - 2, 1, 1, 127];
  let sum = 0;
  for (const amount of amounts) {
    addToCounter(words, 0, 1, amount);
    sum += amount;
    expect(readCounter(words, 0, 1)).toBe(sum);
  }
  expect(sum).toBeGreaterThan(2 ** 32);
});

test('every low word carries exactly once', () => {
  const words = new Int32Array(2);
  for (let quantum = 0; quantum < 5_000_000; quantum += 1) addToCounter(words, 0, 1, 16384);
  expect(readCounter(words, 0, 1)).toBe(5_000_000 * 16384);
});
