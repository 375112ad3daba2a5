import { afterEach, describe, expect, test, vi } from 'vitest';
import { decodeJournal, encodeJournal } from '../../web/lib/recorder/journal.ts';
import { infoFrame, readMp3Head } from '../../web/lib/recorder/mp3-frames.ts';
import { baseColumnFrames, EnvelopeFollower, Overview } from '../../web/lib/recorder/overview.ts';
import type { Take } from '../../web/lib/recorder/take.ts';
import { fileStem, TakeStore } from '../../web/lib/recorder/take-store.ts';
import { noise, seededRandom } from '../support/random.ts';

const take: Take = {
  ...{ id: 'a-1', name: '“x”\n</script>', format: 'flac', source: 3, channels: 2 },
  ...{ sampleRate: 44_100, frames: 9e9, bytes: 2 ** 33, createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ isRepaired: false, dropouts: [{ atFrame: 5, frames: 7 }] },
};

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a journal', () => {
  test('comes back as it was written, over an older and longer one too', () => {
    const long = encodeJournal({ take: { ...take, name: 'n'.repeat(3000) }, state: 'recording' });
    const short = encodeJournal({ take, state: 'done' }, long.length);
    expect(short.length).toBe(long.length);
    expect(decodeJournal(textOf(short))).toEqual({ take, state: 'done' });
  });

  test('that a full disk has room for once has room for its last words', () => {
    const begun = encodeJournal({ take: { ...take, frames: 0, bytes: 0 }, state: 'recording' });
    const ended = { ...take, isRepaired: true, frames: 2 ** 50, bytes: 2 ** 52 };
    expect(encodeJournal({ take: ended, state: 'done' }, begun.length).length).toBe(begun.length);
  });

  test.each([
    '',
    '{"schema":1',
    'null',
    JSON.stringify({ schema: 2, take, state: 'done' }),
    JSON.stringify({ schema: 1, take, state: 'gone' }),
    JSON.stringify({ schema: 1, take: { ...take, format: 'toString' }, state: 'done' }),
    JSON.stringify({ schema: 1, take: { ...take, frames: -1 }, state: 'done' }),
    JSON.stringify({ schema: 1, take: { ...take, dropouts: [{}] }, state: 'done' }),
    JSON.stringify({ schema: 1, take: { ...take, channels: 3 }, state: 'done' }),
  ])('that is none is none: %s', (text) => {
    expect(decodeJournal(text)).toBeNull();
  });
});

describe('an overview', () => {
  test('holds the extremes of every frame in memory that does not grow', () => {
    const random = seededRandom(5);
    const overview = new Overview();
    const follower = new EnvelopeFollower();
    const extremes: (readonly [number, number])[] = [];
    const add = (low: number, high: number): void => {
      extremes.push([low, high]);
      overview.add(low, high);
    };
    const plane = noise(3 * baseColumnFrames + 77, random);
    for (let i = 0; i < 2500; i += 1) follower.follow([plane], plane.length, add);
    follower.end(add);
    expect(extremes.length).toBe(Math.ceil((2500 * plane.length) / baseColumnFrames));
    expect(overview.length).toBeLessThanOrEqual(4096);
    const merged = overview.framesPerColumn / baseColumnFrames;
    expect(overview.length).toBe(Math.ceil(extremes.length / merged));
    for (let column = 0; column < overview.length; column += 1) {
      const own = extremes.slice(column * merged, (column + 1) * merged);
      expect(overview.minima[column]).toBe(Math.fround(Math.min(...own.map(([low]) => low))));
      expect(overview.maxima[column]).toBe(Math.fround(Math.max(...own.map(([, high]) => high))));
    }
  });

  test('comes back from its bytes and goes on, and is empty where they are none', () => {
    const overview = new Overview();
    for (let i = 0; i < 5001; i += 1) overview.add(-i, i);
    const again = Overview.decode(overview.encode().buffer);
    for (const each of [overview, again]) each.add(-9999, 9999);
    expect(again.encode()).toEqual(overview.encode());
    expect(Overview.decode(new ArrayBuffer(7)).length).toBe(0);
    expect(Overview.decode(new Float32Array(80_000).buffer).length).toBe(0);
  });
});

describe('a frame of MP3', () => {
  // MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo; the padded one is a byte longer.
  const plain = Uint8Array.from([0xff, 0xfb, 0x90, 0x44]);

  test('says how long it is', () => {
    expect(readMp3Head(plain, 0)).toEqual({ bytes: 417, samples: 1152, sideBytes: 32 });
    const padded = Uint8Array.from([0xff, 0xfb, 0x92, 0xc4]);
    expect(readMp3Head(padded, 0)).toEqual({ bytes: 418, samples: 1152, sideBytes: 17 });
    const second = Uint8Array.from([0xff, 0xf3, 0x80, 0xc4]);
    expect(readMp3Head(second, 0)).toEqual({ bytes: 208, samples: 576, sideBytes: 9 });
    expect(readMp3Head(Uint8Array.from([0xff, 0xfb, 0xf0, 0x44]), 0)).toBeUndefined();
    expect(readMp3Head(plain, 1)).toBeUndefined();
  });

  test('that tells the length of the file has it where players look', () => {
    const frame = infoFrame(plain, { count: 77, bytes: 99, delay: 0x576, padding: 0x321 })!;
    expect(frame.length).toBe(417);
    expect(textOf(frame.subarray(36, 40))).toBe('Info');
    expect([...frame.subarray(44, 52)]).toEqual([0, 0, 0, 77, 0, 0, 0, 99]);
    expect(textOf(frame.subarray(152, 161))).toBe('LAME3.100');
    expect([...frame.subarray(173, 176)]).toEqual([0x57, 0x63, 0x21]);
    const tooSmall = Uint8Array.from([0xff, 0xfb, 0x10, 0x44]);
    expect(infoFrame(tooSmall, { count: 1, bytes: 1, delay: 0, padding: 0 })).toBeUndefined();
  });
});

describe('a page without a place for files', () => {
  afterEach(() => void vi.unstubAllGlobals());

  const denied = (name: string) => (): Promise<never> =>
    Promise.reject(new DOMException('no', name));

  test.each([
    ['has no such storage', { storage: {} }, 'storage-denied'],
    [
      'is a private window',
      { storage: { getDirectory: denied('SecurityError') } },
      'storage-denied',
    ],
    [
      'has a full disk',
      { storage: { getDirectory: denied('QuotaExceededError') } },
      'storage-full',
    ],
    ['has a broken disk', { storage: { getDirectory: denied('UnknownError') } }, 'storage-failed'],
  ])('that %s is told so', async (_why, navigator, code) => {
    vi.stubGlobal('navigator', navigator);
    const store = new TakeStore(() => Promise.resolve([]));
    await expect(store.list()).rejects.toMatchObject({ code, name: 'RecorderError' });
  });
});

test.each([
  ['a take', 'a take'],
  ['../../x', 'x'],
  ['con\u0000trol\u202e', 'con-trol-'],
  ['  . ', 'recording'],
  ['\u{1f3a4}'.repeat(100), '\u{1f3a4}'.repeat(80)],
])('a take called %j is saved as a file that any system takes', (name, stem) => {
  expect(fileStem(name)).toBe(stem);
});
