import { describe, expect, test } from 'vitest';
import { werOptions } from '../../scripts/wer/options.mjs';
import { wordErrors, wordsOf } from '../../scripts/wer/words.mjs';

describe('words are compared as they are spoken', () => {
  test.each([
    ['Mr. Dashwood, cold-hearted!', 'mister dashwood cold hearted'],
    ['Press 1 or 42; dial 0 9 100.', 'press one or forty two dial zero nine one zero zero'],
    [
      "I'm sorry, that's not what you’re after; we can't.",
      'i am sorry that is not what you are after we can not',
    ],
    ["Waldo's voice mail", 'waldos voicemail'],
    ['Ten metres, ten meters', 'ten meters ten meters'],
    ['…', ''],
  ])('%s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });
});

describe('wrong words', () => {
  test.each([
    ['a b c', 'a b c', 0],
    ['a b c', 'a x c', 1],
    ['a b c', 'a c', 1],
    ['a c', 'a b c', 1],
    ['', 'a b', 2],
    ['a b', '', 2],
    ['a b c d', 'b c d a', 2],
  ])('of “%s” heard as “%s”: %i', (said, heard, errors) => {
    expect(wordErrors(wordsOf(said), wordsOf(heard))).toBe(errors);
  });
});

test('the command takes models by their short names', () => {
  expect(werOptions(['--model', 'tiny']).models).toEqual(['moonshine-tiny']);
  expect(werOptions([]).models).toEqual(['moonshine-tiny', 'moonshine-base']);
  expect(() => werOptions(['--words'])).toThrow(/--words/);
});
