import http from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { headersFor } from '../../scripts/lib/headers.mjs';
import { Harbor, harborPassword } from '../support/harbor.ts';
import { freeRow } from '../support/ports.ts';
import { serverKinds, TestServer } from '../support/servers.ts';
import { readSource } from '../support/source-tree.ts';

const policyOf = (headers: readonly (readonly [string, string])[]): string =>
  new Map(headers).get('Content-Security-Policy') ?? '';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(serverKinds)('the %s server', (kind) => {
  let first: number;
  let master: http.Server;
  let harbor: Harbor;

  beforeEach(async () => {
    first = await freeRow(4);
    harbor = await Harbor.start({ port: first + 3 });
    master = http.createServer(({ url }, response) => void response.end(`asked for ${url}`));
    await new Promise<void>((resolve) => {
      master.listen(first, '127.0.0.1', resolve);
    });
    vi.stubEnv('QUANTA_RADIO_PORT', `${first}`);
  });

  afterEach(async () => {
    await harbor[Symbol.asyncDispose]();
    master.closeAllConnections();
    await new Promise((resolve) => master.close(resolve));
  });

  test('passes a broadcast and the status page on to the radio', async () => {
    await using server = await TestServer.start(kind);
    const status = await server.get('/webcast/status');
    expect([status.status, status.body]).toEqual([200, 'asked for /status-json.xsl']);
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/webcast/live`, 'webcast');
    const data = { mime: 'audio/ogg', user: 'dj', password: harborPassword };
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', data })));
    await vi.waitFor(() => expect(harbor.visits).toHaveLength(1), { timeout: 20_000 });
    expect(socket.protocol).toBe('webcast');
    socket.send(Buffer.of(1, 2, 3));
    await vi.waitFor(() => expect(harbor.visits[0]?.frames).toEqual([Buffer.of(1, 2, 3)]));
    socket.terminate();
  });

  test('lets the page broadcast to the origin of the one setting, and to no other', async () => {
    vi.stubEnv('QUANTA_STREAM_ORIGIN', 'https://radio.example');
    await using server = await TestServer.start(kind);
    const policy = String((await server.get('/')).headers['content-security-policy']);
    expect(policy).toContain("connect-src 'self' https://radio.example wss://radio.example;");
  });
});

test('the policy of hosting files and of the build names that origin', async () => {
  vi.stubEnv('QUANTA_STREAM_ORIGIN', 'wss://radio.example:8443');
  vi.resetModules();
  const { generateHosting } = await import('../../scripts/lib/hosting.mjs');
  const sources = "connect-src 'self' https://radio.example:8443 wss://radio.example:8443;";
  const files = generateHosting();
  expect(files).toHaveLength(3);
  for (const { text } of files) expect(text).toContain(sources);
});

test.each([
  ['http://127.0.0.1:9000', 'http://127.0.0.1:9000 ws://127.0.0.1:9000'],
  ['wss://radio.example', 'https://radio.example wss://radio.example'],
])('%s is an origin', (setting, sources) => {
  expect(policyOf(headersFor(setting))).toContain(`connect-src 'self' ${sources};`);
});

test.each(['radio.example', 'https://radio.example/live', 'https://dj:x@radio.example', '*'])(
  '%s is none, and is not written into the policy',
  (setting) => {
    expect(() => headersFor(setting)).toThrow('QUANTA_STREAM_ORIGIN takes an origin');
  },
);

test.each(['scripts/hosting/nginx.conf', 'scripts/hosting/Caddyfile'])(
  '%s passes broadcasts on as the page’s own servers do',
  (file) => {
    const text = readSource(file);
    expect(text).toContain('/webcast/');
    expect(text).toMatch(/127\.0\.0\.1:18003/);
    expect(text).toMatch(/127\.0\.0\.1:18000/);
  },
);
