import { expect, test } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDb,
  formatFixed,
  formatKhz,
  formatRate,
  formatSpan,
} from '../../web/app/format.ts';

const space = '\u00a0';

test('thousands stand apart, without a place where the line may break', () => {
  expect(formatCount(0)).toBe('0');
  expect(formatCount(999)).toBe('999');
  expect(formatCount(1000)).toBe(`1${space}000`);
  expect(formatCount(28_800_000)).toBe(`28${space}800${space}000`);
});

test('a level has a real minus sign, and silence is minus infinity', () => {
  expect(formatDb(-15.06)).toBe('−15.1');
  expect(formatDb(3)).toBe('3.0');
  expect(formatDb(-Infinity)).toBe('−∞');
});

test('what is rounded to zero has no sign', () => {
  expect(formatFixed(-0.04, 1)).toBe('0.0');
  expect(formatFixed(-0.06, 1)).toBe('−0.1');
});

test('a rate begins with its number', () => {
  expect(formatRate(375)).toBe('375.0');
  expect(formatRate(344.53)).toBe('344.5');
  expect(formatRate(47_999.96)).toBe(`48${space}000.0`);
});

test('the audio clock counts on past the hour', () => {
  expect(formatClock(0)).toBe('00:00.000');
  expect(formatClock(600)).toBe('10:00.000');
  expect(formatClock(59.9996)).toBe('01:00.000');
  expect(formatClock(3723.004)).toBe('1:02:03.004');
});

test('units are chosen for the reader', () => {
  expect(formatKhz(44_100)).toBe('44.1 kHz');
  expect(formatKhz(22_050)).toBe('22.05 kHz');
  expect(formatBytes(1023)).toBe('1023 bytes');
  expect(formatBytes(1536)).toBe('1.5 KiB');
  expect(formatBytes(3 * 1024 ** 2)).toBe('3.0 MiB');
  expect(formatSpan(0.0025)).toBe('2.5 ms');
  expect(formatSpan(0.3715)).toBe('372 ms');
  expect(formatSpan(2.06)).toBe('2.1 s');
});
