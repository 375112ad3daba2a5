import { describe, expect, test } from 'vitest';
import { type HeardText, Transcript } from '../../web/app/model/transcript.ts';
import {
  lostInWords,
  phaseInWords,
  speechNotice,
  transcriptFileName,
  workerReplaced,
} from '../../web/app/model/voice-words.ts';

const text = (kind: HeardText['kind'], start: number, words: string): HeardText => ({
  ...{ kind, startSample: start * 16_000, endSample: (start + 1) * 16_000 },
  ...{ startMs: start * 1000, endMs: (start + 1) * 1000, text: words },
});

const wordsOf = ({ lines }: Transcript) =>
  lines.map((line) => (line.kind === 'skipped' ? 'lost' : line.text));

describe('a transcript', () => {
  test('has the newest text of each stretch, in the order in which it was spoken', () => {
    const transcript = new Transcript();
    transcript.hear(text('partial', 2, 'two'));
    transcript.hear(text('partial', 0, 'wan'));
    transcript.hear(text('partial', 0, 'one and'));
    transcript.hear(text('final', 0, 'one and a half'));
    expect(wordsOf(transcript)).toEqual(['one and a half', 'two']);
    expect(transcript.spoken.map((line) => line.text)).toEqual(['one and a half']);
  });

  test('a stretch that turns out to have no words is no line', () => {
    const transcript = new Transcript();
    transcript.hear(text('partial', 0, 'hm'));
    transcript.hear(text('final', 0, ' '));
    expect(transcript.lines).toEqual([]);
  });

  test('speech that was lost is a line beside the text of the same stretch', () => {
    const transcript = new Transcript();
    const lost = {
      kind: 'skipped',
      startSample: 0,
      endSample: 8000,
      startMs: 0,
      endMs: 500,
    } as const;
    transcript.hear(lost);
    transcript.hear(text('final', 0, 'the rest'));
    expect(wordsOf(transcript)).toEqual(['lost', 'the rest']);
    expect(transcript.spoken).toHaveLength(1);
    expect(lostInWords(lost)).toContain('500 ms');
  });

  test('drops the oldest lines when there are too many, and counts them', () => {
    const transcript = new Transcript();
    for (let i = 0; i < 2005; i += 1) transcript.hear(text('final', i, `line ${i}`));
    expect(transcript.lines).toHaveLength(2000);
    expect(transcript.forgotten).toBe(5);
    expect(wordsOf(transcript)[0]).toBe('line 5');
  });

  test('tells of every change, until nobody wants to know', () => {
    const transcript = new Transcript();
    const watch = new AbortController();
    let changes = 0;
    transcript.watch(() => (changes += 1), watch.signal);
    transcript.hear(text('final', 0, 'one'));
    transcript.clear();
    expect(changes).toBe(2);
    watch.abort();
    transcript.hear(text('final', 0, 'one'));
    expect(changes).toBe(2);
  });
});

test('the name of a file says when it was made, and what it is', () => {
  const when = new Date(Date.UTC(2026, 0, 31, 12, 5, 9));
  expect(transcriptFileName('vtt', when)).toBe('transcript-2026-01-31-12-05-09.vtt');
  expect(transcriptFileName('text', when)).toMatch(/\.txt$/);
});

describe('the words for what goes wrong', () => {
  test('a problem keeps its own words, and the browser’s', () => {
    const problem = { code: 'model-corrupt', message: 'It is damaged.', remedy: 'Try again.' };
    expect(speechNotice({ ...problem, cause: new TypeError('bad') })).toMatchObject({
      ...{ code: 'model-corrupt', title: 'It is damaged.', remedy: 'Try again.', tone: 'warn' },
      detail: 'TypeError: bad',
    });
  });

  test('a Worker that was replaced is a note that counts', () => {
    expect(workerReplaced(1)).toMatchObject({ tone: 'info', action: 'retry' });
    expect(workerReplaced(1).meaning).toContain('once');
    expect(workerReplaced(3).meaning).toContain('3 times');
  });

  test('listening without a model says that nothing is written down', () => {
    expect(phaseInWords({ phase: 'listening', isWriting: false })).toBe('Listening for speech.');
    expect(phaseInWords({ phase: 'listening', isWriting: true })).toContain('writing down');
  });
});
