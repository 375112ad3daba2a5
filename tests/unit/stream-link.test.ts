import { type AddressInfo, createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { freePort } from '../../scripts/lib/serve.mjs';
import type { Connection } from '../../web/lib/streamer/connection.ts';
import { Link, type LinkParts } from '../../web/lib/streamer/link.ts';
import { StatusPage } from '../../web/lib/streamer/status-page.ts';
import type { StreamCondition } from '../../web/lib/streamer/stream-status.ts';
import { Harbor, harborPassword, openSocket } from '../support/harbor.ts';

const times = {
  firstMs: 10,
  mostMs: 40,
  settleMs: 30,
  lookMs: 10,
  restMs: 10,
  openMs: 5000,
  stallMs: 5000,
};

/** A link, and all that it has said. */
class Studio implements AsyncDisposable {
  readonly told: StreamCondition[] = [];
  readonly carried: Connection[] = [];
  readonly link: Link;
  readonly over: Promise<void>;

  constructor(url: string, differences: Partial<LinkParts> = {}) {
    const greeting = { mime: 'audio/ogg', user: 'dj', password: harborPassword, metadata: {} };
    this.link = new Link({
      url,
      greeting,
      status: null,
      open: openSocket,
      isBlocked: () => false,
      chance: () => 0,
      times,
      carry: (connection, signal) => {
        this.carried.push(connection);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
      tell: (condition) => this.told.push(condition),
      ...differences,
    });
    this.over = this.link.run();
  }

  get last(): StreamCondition | undefined {
    return this.told.at(-1);
  }

  get states(): string[] {
    const all = this.told.map(({ state, code }) => `${state} ${code}`);
    return all.filter((state, i) => state !== all[i - 1]);
  }

  async until(state: string, code?: string): Promise<void> {
    const isThere = (): boolean =>
      this.last?.state === state && (code === undefined || this.last.code === code);
    await vi.waitUntil(isThere, { timeout: 20_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.link.close();
    await this.over;
  }
}

const statusOf = (harbor: Harbor): StatusPage => new StatusPage(harbor.statusUrl, null, harbor.url);

test('a studio greets with what it sends, and is on air once the status page lists its mount', async () => {
  await using harbor = await Harbor.start();
  await using studio = new Studio(harbor.url, { status: statusOf(harbor) });
  await studio.until('live', 'confirmed');
  expect(harbor.visits.map(({ hello }) => hello)).toEqual([
    { mime: 'audio/ogg', user: 'dj', password: harborPassword },
  ]);
  expect(studio.states[0]).toBe('connecting opening');
});

test('a server that takes the stream and never lists it is not taken to be on air', async () => {
  await using harbor = await Harbor.start();
  await using studio = new Studio(harbor.url, {
    status: new StatusPage(harbor.statusUrl, '/other.opus', harbor.url),
  });
  await studio.until('connecting', 'unconfirmed');
  expect(studio.states).not.toContain('live confirmed');
  harbor.listed = ['/other.opus'];
  await studio.until('live', 'confirmed');
});

test('without a status page that answers, a connection that stands is assumed to be on air', async () => {
  await using harbor = await Harbor.start();
  harbor.answers = false;
  await using studio = new Studio(harbor.url, { status: statusOf(harbor) });
  await studio.until('live', 'assumed');
  expect(studio.states).toEqual(['connecting opening', 'live assumed']);
});

test.each([
  ['a wrong password', 'wrong-password', '/live', 'wrong'],
  ['an unknown mount', 'unknown-mount', '/nothing', harborPassword],
])('%s is final and is tried once', async (_what, code, path, password) => {
  await using harbor = await Harbor.start();
  const greeting = { mime: 'audio/ogg', user: 'dj', password, metadata: {} };
  await using studio = new Studio(harbor.url.replace('/live', path), { greeting });
  await studio.over;
  expect(studio.last).toMatchObject({ state: 'rejected', code, nextTryMs: null });
  expect(harbor.tries).toBe(1);
});

test('a server that speaks another protocol is no server for broadcasts', async () => {
  await using harbor = await Harbor.start({ protocols: [] });
  // As Liquidsoap does: the socket stands, without the subprotocol.
  const open: LinkParts['open'] = (url) => openSocket(url, [] as unknown as string);
  await using studio = new Studio(harbor.url, { open });
  await studio.over;
  expect(studio.last).toMatchObject({ state: 'rejected', code: 'not-webcast' });
  expect(harbor.visits).toEqual([]);
});

test('a server that is not there is tried at growing distances, and found when it comes', async () => {
  const port = await freePort();
  await using studio = new Studio(`ws://127.0.0.1:${port}/live`);
  await vi.waitFor(() => expect(studio.told.length).toBeGreaterThan(8), { timeout: 20_000 });
  const waits = studio.told.flatMap(({ nextTryMs }) => nextTryMs ?? []);
  expect(waits.slice(0, 4)).toEqual([10, 20, 40, 40]);
  expect(studio.states.slice(0, 2)).toEqual(['connecting opening', 'connecting unreachable']);
  await using harbor = await Harbor.start({ port });
  await studio.until('live');
  expect(harbor.visits).toHaveLength(1);
});

test('a server that takes the call and never answers is taken to be away', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  const { port } = silent.address() as AddressInfo;
  const hasty = { ...times, openMs: 50 };
  const studio = new Studio(`ws://127.0.0.1:${port}/live`, { times: hasty });
  await studio.until('connecting', 'unreachable');
  studio.link.close();
  await studio.over;
  expect(studio.carried).toEqual([]);
  silent.close();
});

test('a mount that somebody else has is told from one that is not there, and waited for', async () => {
  await using harbor = await Harbor.start();
  await using first = new Studio(harbor.url, { status: statusOf(harbor) });
  await first.until('live');
  await using second = new Studio(harbor.url, { status: statusOf(harbor) });
  await vi.waitFor(() => expect(second.states).toContain('connecting mount-taken'), {
    timeout: 20_000,
  });
  first.link.close();
  await second.until('live', 'confirmed');
});

test('a lost connection is made anew, with the title of now', async () => {
  await using harbor = await Harbor.start();
  await using studio = new Studio(harbor.url);
  await studio.until('live');
  studio.link.setMetadata({ title: 'one', artist: 'somebody' });
  studio.link.setMetadata({ title: 'two' });
  await vi.waitFor(() => expect(harbor.visits[0]?.metadata).toHaveLength(2));
  harbor.visits[0]?.cut();
  await vi.waitFor(() => expect(studio.states).toContain('reconnecting connection-lost'));
  await studio.until('live');
  expect(harbor.visits[1]?.metadata).toEqual([{ title: 'two', artist: 'somebody' }]);
  expect(studio.last?.attempt).toBe(1);
  expect(studio.carried).toHaveLength(2);
});

test('a connection that the page’s policy forbids is final and says so', async () => {
  const open: LinkParts['open'] = () => {
    throw new Error('forbidden');
  };
  await using studio = new Studio('wss://radio.example/live', { open, isBlocked: () => true });
  await studio.over;
  expect(studio.last).toMatchObject({ state: 'rejected', code: 'blocked' });
  expect(studio.last?.reason).toContain('QUANTA_STREAM_ORIGIN to wss://radio.example');
});

test('a studio that is closed while it waits is over at once', async () => {
  const slow = { ...times, firstMs: 1e6, mostMs: 1e6 };
  const studio = new Studio(`ws://127.0.0.1:${await freePort()}/live`, { times: slow });
  await studio.until('connecting', 'unreachable');
  studio.link.close();
  await studio.over;
  expect(studio.last).toMatchObject({ nextTryMs: 1e6, attempt: 1 });
});

test('a line on which nothing goes any more is given up, and made anew', async () => {
  await using harbor = await Harbor.start();
  await using studio = new Studio(harbor.url, { times: { ...times, stallMs: 100 } });
  await studio.until('live');
  harbor.visits[0]?.hold(true);
  // More than the system's buffers take.
  studio.carried[0]?.send(new Uint8Array(64e6));
  await vi.waitFor(() => expect(studio.states).toContain('reconnecting connection-lost'), {
    timeout: 20_000,
  });
  // The server has the mount until it knows.
  harbor.visits[0]?.cut();
  await studio.until('live');
  expect(harbor.visits).toHaveLength(2);
});
