import fs from 'node:fs';
import { expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { firstFrameAt, mp3HeadBytes, musicOf } from '../../web/lib/player/mp3-padding.ts';

/** 24 000 frames, which LAME put 576 before and 768 behind: 22 packets in all. */
const file = new Uint8Array(fs.readFileSync(fromRoot('tests/fixtures/chirp.mp3')));
const first = file.slice(firstFrameAt(file), firstFrameAt(file) + mp3HeadBytes);

test('the first frame of an MP3 file lies behind its ID3 tag', () => {
  expect(firstFrameAt(file)).toBe(20);
  expect([...first.slice(0, 2)]).toEqual([0xff, 0xfb]);
  expect(firstFrameAt(first)).toBe(0);
});

test('the tag tells where the music lies, with the decoder’s own delay', () => {
  expect(musicOf(first)).toEqual({ leadFrames: 576 + 529, frames: 24_000 });
});

test.each([
  ['no tag', (bytes: Uint8Array) => bytes.fill(0, 4)],
  ['an encoder that is not known', (bytes: Uint8Array) => bytes.fill(0x41, 141, 145)],
  ['a tag without its number of packets', (bytes: Uint8Array) => bytes.fill(0, 25, 29)],
  ['fewer frames than silence', (bytes: Uint8Array) => bytes.fill(0, 29, 33)],
  ['a tag that is cut off', (bytes: Uint8Array) => bytes.subarray(0, 100)],
  ['nothing', () => new Uint8Array()],
])('of %s nothing is concluded', (_, change) => {
  expect(musicOf(change(first.slice()))).toBeNull();
});
