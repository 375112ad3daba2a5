import { describe, expect, test } from 'vitest';
import { formatCaptions } from '../../web/lib/stt/captions.ts';

const captions = [
  { startMs: 0, endMs: 1234.4, text: 'Salt & pepper.' },
  { startMs: 1300, endMs: 1400, text: '  ' },
  {
    startMs: 3_723_004,
    endMs: 3_725_999.6,
    text: 'One line\nthat is <much> longer than the forty-two.',
  },
];

describe('captions', () => {
  test('as text are lines', () => {
    expect(formatCaptions(captions, 'text')).toBe(
      'Salt & pepper.\nOne line that is <much> longer than the forty-two.\n',
    );
  });

  test('as SubRip are numbered, with a comma in the times and lines of at most 42 letters', () => {
    expect(formatCaptions(captions, 'srt')).toBe(`1
00:00:00,000 --> 00:00:01,234
Salt & pepper.

2
01:02:03,004 --> 01:02:06,000
One line that is <much> longer than the
forty-two.
`);
  });

  test('as WebVTT have a head, and no letter that would be a tag', () => {
    expect(formatCaptions(captions, 'vtt')).toBe(`WEBVTT

00:00:00.000 --> 00:00:01.234
Salt &amp; pepper.

01:02:03.004 --> 01:02:06.000
One line that is &lt;much&gt; longer than
the forty-two.
`);
  });

  test('as JSON can be read again', () => {
    expect(JSON.parse(formatCaptions(captions.slice(0, 1), 'json'))).toEqual({
      schema: 1,
      captions: captions.slice(0, 1),
    });
  });

  test('that are none make an empty file of each form', () => {
    expect(formatCaptions([], 'text')).toBe('');
    expect(formatCaptions([], 'srt')).toBe('');
    expect(formatCaptions([], 'vtt')).toBe('WEBVTT\n\n');
  });

  test('that are a day long count their hours on', () => {
    const day = { startMs: 86_400_000, endMs: 360_000_000, text: 'x' };
    expect(formatCaptions([day], 'vtt')).toContain('24:00:00.000 --> 100:00:00.000');
  });
});
