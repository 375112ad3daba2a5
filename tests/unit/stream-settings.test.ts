import { describe, expect, test } from 'vitest';
import { backOffMs, usualBackOff } from '../../web/lib/streamer/back-off.ts';
import { FrameBooks } from '../../web/lib/streamer/frame-books.ts';
import { RingTimes } from '../../web/lib/streamer/ring-times.ts';
import { mountsOf } from '../../web/lib/streamer/status-page.ts';
import { checkedMetadata, streamSettings } from '../../web/lib/streamer/stream-settings.ts';
import { closeCause } from '../../web/lib/streamer/webcast.ts';

const base = 'https://quanta.example/app/';
const given = { url: '/webcast/live', user: 'dj', password: 'correct horse' };

describe('what a broadcast is told', () => {
  test('is completed, with addresses of the page’s own origin', () => {
    const settings = streamSettings({ ...given, statusUrl: '../webcast/status' }, base);
    expect(settings).toMatchObject({
      url: 'wss://quanta.example/webcast/live',
      statusUrl: 'https://quanta.example/webcast/status',
      format: 'opus',
      bitrateKbps: 96,
      pageMs: 40,
      maxQueueMs: 1000,
      metadata: {},
    });
    expect(streamSettings(given, 'http://localhost:5173/').url).toBe(
      'ws://localhost:5173/webcast/live',
    );
  });

  test.each([
    [{ pageMs: 10 }, 'stream.pageMs must be from 20 to 60 ms, was 10.'],
    [{ bitrateKbps: 600 }, 'stream.bitrateKbps must be from 16 to 510 kbit/s, was 600.'],
    [
      { format: 'mp3', bitrateKbps: 100 },
      'stream.bitrateKbps must be a bitrate of MP3, as 96, 160 or 192, was 100.',
    ],
    [{ url: 'ftp://radio.example' }, 'stream.url must be a ws: or wss: address, was ftp:.'],
    [{ title: 'x'.repeat(501) }, 'stream.title must be at most 500 long, was 501.'],
  ] as const)('%o is refused', (wrong, message) => {
    expect(() => streamSettings({ ...given, ...wrong }, base)).toThrow(new RangeError(message));
  });

  test('is never repeated where it may hold a password', () => {
    const wrong = [
      { ...given, url: 'wss://dj:secret@radio.example/live' },
      { ...given, statusUrl: 'https://dj:secret@radio.example/' },
      { ...given, url: 'wss://dj:secret@:::' },
      { ...given, password: ['secret'] as unknown as string },
    ];
    for (const options of wrong) {
      expect(() => streamSettings(options, base)).toThrow(RangeError);
      expect(() => streamSettings(options, base)).not.toThrow(/secret/);
    }
  });

  test('in words about it is only text: a server ends the connection over anything else', () => {
    expect(() => checkedMetadata({ title: 7 as unknown as string })).toThrow(
      new RangeError('stream.title must be a text, was number.'),
    );
    expect(checkedMetadata({ artist: 'somebody' })).toEqual({ artist: 'somebody' });
  });
});

test.each([
  [1011, 'Authentication failed.', 'wrong-password'],
  [1011, "This mountpoint isn't available.", 'unknown-mount'],
  [1011, 'Out of tea.', 'refused'],
  [1002, 'Invalid hello.', 'refused'],
  [1006, '', 'unsaid'],
  [1000, '', 'unsaid'],
])('a close by %i “%s” means %s', (code, reason, cause) => {
  expect(closeCause(code, reason)).toBe(cause);
});

test('tries come at growing distances, and chance halves them at most', () => {
  const waits = [1, 2, 3, 4, 5, 6, 40].map((failures) => backOffMs(usualBackOff, failures, 0));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  expect(backOffMs(usualBackOff, 3, 1)).toBe(1000);
});

test('the status page’s mounts are found in what Icecast sends without one, too', () => {
  const broken = '{"icestats":"server_start":"Fri","dummy":null}}';
  expect(mountsOf(broken)).toEqual([]);
  const title = String.raw`"title":"\"listenurl\":\"http://x/fake\""`;
  const one = `{"icestats":{"source":{"listenurl":"http://localhost:8000/live.opus",${title}}}}`;
  expect(mountsOf(one)).toEqual(['/live.opus']);
});

test('pages have left when the socket holds no more than those after them', () => {
  const books = new FrameBooks();
  const bytes = new Uint8Array(100);
  books.encode(960);
  books.send({ bytes, frames: 0 });
  books.send({ bytes, frames: 480 });
  books.send({ bytes, frames: 480 });
  books.settle(150);
  expect([books.sent, books.sentBytes, books.pending]).toEqual([0, 100, 960]);
  books.settle(100);
  expect([books.sent, books.sentBytes, books.pending]).toEqual([480, 200, 480]);
  books.encode(480);
  books.lose();
  expect([books.sent, books.dropped, books.pending]).toEqual([480, 960, 0]);
});

test('a page waits from the last look that did not find its first frame', () => {
  const times = new RingTimes();
  times.looked(0, 100);
  times.looked(0, 104);
  times.looked(480, 112);
  times.encoded(0, 480);
  times.encoded(480, 480);
  times.sent(0, 113);
  expect(times.figures).toBeNull();
  times.sent(480, 124);
  expect(times.figures).toEqual({ p50: 20, p95: 20 });
  times.sent(480, 142);
  expect(times.figures).toEqual({ p50: 20, p95: 30 });
});
