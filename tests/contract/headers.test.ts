import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { type ServerKind, serverKinds, TestServer } from '../support/servers.ts';
import { readSource } from '../support/source-tree.ts';

/** What every response must carry, written out here once more on purpose. */
const EXPECTED: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'document-isolation-policy': 'isolate-and-credentialless',
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
    "connect-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; " +
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app",
  'permissions-policy': 'microphone=(self), display-capture=(self), camera=(), geolocation=()',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const EXPECTED_OVER_TLS = {
  ...EXPECTED,
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
};

/** A script of ours, not the dev server's client. */
const SCRIPT = /<script[^>]+src="\.?(?<path>\/(?!@)[^"]+)"/;
/** The scripts that it needs at once. */
const PRELOADED = /<link rel="modulepreload"[^>]+href="\.?(?<path>\/[^"]+)"/g;
const WORKLET = /\/assets\/processor-[\w-]+\.js/;

/** Paths of a script and of the worklet, found as the browser finds them: by what was sent. */
async function findPaths(kind: ServerKind, server: TestServer) {
  const { body: html } = await server.get('/');
  const script = SCRIPT.exec(html)?.groups?.['path'] ?? '';
  if (kind === 'dev') {
    return { script, worklet: `/@fs${root}/worklet/processor.ts?worker_file&type=module` };
  }
  const preloaded = [...html.matchAll(PRELOADED)].map((match) => match.groups?.['path'] ?? '');
  const scripts = await Promise.all([script, ...preloaded].map((path) => server.get(path)));
  const text = scripts.map(({ body }) => body).join('\n');
  return { script, worklet: WORKLET.exec(text)?.[0] ?? '' };
}

describe.each(serverKinds)('the %s server', (kind) => {
  let server: TestServer;
  let paths: Awaited<ReturnType<typeof findPaths>>;

  beforeAll(async () => {
    server = await TestServer.start(kind);
    paths = await findPaths(kind, server);
  });

  afterAll(() => server[Symbol.asyncDispose]());

  const resources = [
    { what: 'the page', path: () => '/', status: 200, type: 'text/html' },
    { what: 'a script', path: () => paths.script, status: 200, type: 'text/javascript' },
    { what: 'the worklet', path: () => paths.worklet, status: 200, type: 'text/javascript' },
    { what: 'the engine', path: () => '/engine.wasm', status: 200, type: 'application/wasm' },
    { what: 'a path that is not there', path: () => '/nothing', status: 404, type: '' },
  ];

  describe.each(resources)('sends with $what', ({ path, status, type }) => {
    test('its status and its type', async () => {
      const response = await server.get(path());
      expect(response.status).toBe(status);
      expect(response.headers['content-type'] ?? '').toContain(type);
    });

    test.each(Object.entries(EXPECTED))('%s', async (name, value) => {
      const sent = (await server.get(path())).headers[name];
      // The dev server's client adds imported styles as elements, which only a nonce can allow.
      const nonce = kind === 'dev' ? / 'nonce-[\w-]{36}'/ : '';
      expect(String(sent).replace(nonce, '')).toBe(value);
    });
  });

  test('listens on the loopback address only', () => {
    expect(server.host).toBe('127.0.0.1');
  });

  test.each(['quanta.example', '127.0.0.1.quanta.example', 'localhost.quanta.example:5173'])(
    'refuses a request for the host %s',
    async (host) => {
      expect((await server.get('/', host)).status).toBe(403);
      expect((await server.get('/engine.wasm', host)).status).toBe(403);
    },
  );

  test('gives no other origin leave to read', async () => {
    const { headers } = await server.get('/engine.wasm');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each(['/package.json', '/../package.json', '/%2e%2e/package.json', '/.git/config'])(
    'does not serve %s',
    async (path) => {
      expect((await server.get(path)).status).not.toBe(200);
    },
  );

  test.each([`${root}/package.json`, `${root}/.git/config`, '/etc/passwd'])(
    'does not serve %s by its absolute path',
    async (path) => {
      expect((await server.get(`/@fs${path}`)).status).not.toBe(200);
    },
  );
});

describe('the hosting files', () => {
  const headersOf = (file: string, line: RegExp): Record<string, string> =>
    Object.fromEntries(
      [...readSource(file).matchAll(line)].map(({ groups = {} }) => [
        String(groups['name']).toLowerCase(),
        String(groups['value']),
      ]),
    );

  test('for hosts with a _headers file carry the same set', () => {
    const line = /^ {2}(?<name>[\w-]+): (?<value>.+)$/gm;
    expect(headersOf('public/_headers', line)).toEqual(EXPECTED);
  });

  test('for nginx carry the same set, and strict transport', () => {
    const line = /^ {2}add_header (?<name>[\w-]+) "(?<value>[^"]+)" always;$/gm;
    expect(headersOf('scripts/hosting/nginx.conf', line)).toEqual(EXPECTED_OVER_TLS);
  });

  test('for Caddy carry the same set, and strict transport', () => {
    const line = /^ {4}(?<name>[\w-]+) "(?<value>[^"]+)"$/gm;
    expect(headersOf('scripts/hosting/Caddyfile', line)).toEqual(EXPECTED_OVER_TLS);
  });

  test('for nginx set no header in a location, which would drop the others', () => {
    const text = readSource('scripts/hosting/nginx.conf');
    expect(text.slice(text.indexOf('\n  location'))).not.toContain('add_header');
  });
});
