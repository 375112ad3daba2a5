import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replayCorpus } from '../support/ring-corpus.ts';

const corpus = readFileSync(new URL('../fixtures/rings.corpus', import.meta.url), 'utf8');

test('the TypeScript rings answer as the C++ rings do and leave the same bytes', () => {
  const lines = corpus.trimEnd().split('\n');
  const replayed = replayCorpus(corpus);
  const differs = lines.findIndex((line, i) => line !== replayed[i]);
  expect(replayed[differs]).toBe(lines[differs]);
  expect(lines.length).toBeGreaterThan(1000);
});
