import { expect, test } from 'vitest';
import { writeRing } from '../../worklet/write-ring.ts';

const left = Float32Array.of(1, 2, 3);
const right = Float32Array.of(4, 5, 6);

test('a quantum that fits is written at its position', () => {
  const plane = new Float32Array(8);
  writeRing(plane, 7, 8 + 2, [left, right], 1, 3);
  expect([...plane]).toEqual([0, 0, 4, 5, 6, 0, 0, 0]);
});

test('a quantum that wraps goes on at the front, also where the position turns negative', () => {
  const plane = new Float32Array(4);
  writeRing(plane, 3, -1, [left], 0, 3);
  expect([...plane]).toEqual([2, 3, 0, 1]);
});

test('a mono input fills every channel', () => {
  const plane = new Float32Array(4);
  writeRing(plane, 3, 0, [left], 1, 3);
  expect([...plane]).toEqual([1, 2, 3, 0]);
});

test('no input is silence of the quantum length', () => {
  const plane = Float32Array.of(9, 9, 9, 9);
  writeRing(plane, 3, 3, [], 0, 3);
  expect([...plane]).toEqual([0, 0, 9, 0]);
});
