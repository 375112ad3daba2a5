import { describe, expect, test } from 'vitest';
import { repetitionStart } from '../../web/lib/stt/repetition.ts';
import { Tokenizer } from '../../web/lib/stt/tokenizer.ts';

describe('the tokenizer', () => {
  const pieces = ['<unk>', '<s>', '</s>', '<0xC3>', '<0xA9>', '▁caf', '▁', 'x'];

  test('joins pieces, makes spaces of their marks and letters of their bytes', () => {
    expect(new Tokenizer(pieces).decode([5, 3, 4, 6, 7])).toBe('café x');
  });

  test('passes over the marks of beginning and end, and over what is not in the vocabulary', () => {
    expect(new Tokenizer(pieces).decode([1, 7, 2, 0, 8, 99_999])).toBe('x');
  });

  test('reads its vocabulary from a file, and refuses another', () => {
    const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    expect(Tokenizer.parse(bytes(pieces)).decode([7])).toBe('x');
    expect(() => Tokenizer.parse(bytes({ 7: 'x' }))).toThrow(TypeError);
    expect(() => Tokenizer.parse(bytes([7]))).toThrow(TypeError);
  });
});

describe('a text that goes round in circles', () => {
  const times = (count: number, phrase: readonly number[]): number[] =>
    Array.from({ length: count }, () => phrase).flat();

  test.each([
    ['one word', [9, ...times(11, [5])], 2],
    ['three words', [9, 8, ...times(5, [5, 6, 7])], 5],
    ['a sentence', times(5, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), 12],
  ])('is cut behind the first time: %s', (_what, tokens, end) => {
    expect(repetitionStart(tokens)).toBe(end);
  });

  test.each([
    ['digits that are dictated', times(10, [5])],
    ['a phrase that somebody insists on', times(4, [5, 6, 7])],
    ['nothing', []],
    ['a circle that has ended', [...times(20, [5]), 6]],
  ])('is left as it is where it may be meant: %s', (_what, tokens) => {
    expect(repetitionStart(tokens)).toBeUndefined();
  });
});
