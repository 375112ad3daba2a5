/** Downloads of model files, from a real server. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download, type FileCache } from '../../web/lib/stt/download.ts';
import type { ModelFile } from '../../web/lib/stt/model-files.ts';
import { seededRandom } from '../support/random.ts';

const random = seededRandom(6);
const content = Buffer.from(Array.from({ length: 300_000 }, () => Math.floor(256 * random())));
const file: ModelFile = {
  path: 'model.onnx',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

/** As much of the browser's cache as is used. */
class MemoryCache implements FileCache {
  readonly entries = new Map<string, Uint8Array>();

  match(key: RequestInfo | URL): Promise<Response | undefined> {
    const bytes = this.entries.get(key as string);
    return Promise.resolve(bytes && new Response(bytes as Uint8Array<ArrayBuffer>));
  }

  async put(key: RequestInfo | URL, response: Response): Promise<void> {
    this.entries.set(key as string, new Uint8Array(await response.arrayBuffer()));
  }

  delete(key: RequestInfo | URL): Promise<boolean> {
    return Promise.resolve(this.entries.delete(key as string));
  }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The file, or the part of it that is asked for. */
const withRanges: Answer = ({ headers }, response) => {
  const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  response.writeHead(from === undefined ? 200 : 206).end(content.subarray(Number(from ?? 0)));
};
const withoutRanges: Answer = (_request, response) => void response.end(content);
/** Sends a part, then the connection breaks. */
const breaking: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, 100_000), () => setImmediate(() => response.destroy()));
};
const bytes =
  (other: Buffer): Answer =>
  (_request, response) =>
    void response.end(other);

let server: Server;
let url: string;
let answer: Answer;
let asked: (string | undefined)[];
let cache: MemoryCache;
let received: number[];

beforeEach(async () => {
  asked = [];
  received = [];
  cache = new MemoryCache();
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (signal: AbortSignal = new AbortController().signal): Promise<Uint8Array> =>
  download(file, { url, cache, signal, onBytes: (count) => received.push(count) });

describe('a file', () => {
  test('is fetched, told as it comes, and kept', async () => {
    answer = withRanges;
    expect(Buffer.from(await get()).equals(content)).toBe(true);
    expect(received.toSorted((a, b) => a - b)).toEqual(received);
    expect(received.at(-1)).toBe(content.length);
    expect([...cache.entries.keys()]).toEqual([url]);
    await get();
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['where it stopped', withRanges],
    ['from its beginning where the server gives no parts', withoutRanges],
  ])('that broke off is fetched %s', async (_where, next) => {
    answer = breaking;
    await expect(get()).rejects.toMatchObject({ code: 'model-unreachable' });
    const begun = cache.entries.get(`${url}?partial`)!.length;
    expect(begun).toBeGreaterThan(0);
    answer = next;
    expect(Buffer.from(await get()).equals(content)).toBe(true);
    expect(asked).toEqual([undefined, `bytes=${begun}-`]);
    expect([...cache.entries.keys()]).toEqual([url]);
  });

  test('whose beginning was of another version is fetched as a whole', async () => {
    cache.entries.set(`${url}?partial`, new Uint8Array(1000).fill(7));
    answer = withRanges;
    expect(Buffer.from(await get()).equals(content)).toBe(true);
    expect(asked).toEqual(['bytes=1000-', undefined]);
  });

  test('whose kept copy is damaged is fetched again', async () => {
    cache.entries.set(url, new Uint8Array(content.length));
    answer = withRanges;
    expect(Buffer.from(await get()).equals(content)).toBe(true);
  });

  test('that is cancelled leaves what it has got for the next time', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000));
    };
    const abort = new AbortController();
    const cancelled = download(file, {
      ...{ url, cache, signal: abort.signal },
      onBytes: (count) => count > 0 && abort.abort(new Error('enough')),
    });
    await expect(cancelled).rejects.toThrow('enough');
    expect(cache.entries.get(`${url}?partial`)!.length).toBeGreaterThan(0);
  });

  test('is had without a cache, too', async () => {
    answer = withRanges;
    const { signal } = new AbortController();
    const options = { url, cache: null, signal, onBytes: () => undefined };
    expect(await download(file, options)).toHaveLength(content.length);
  });
});

describe('there is no model where', () => {
  test.each<[string, string, Answer]>([
    ['the server has none', 'model-missing', (_, response) => void response.writeHead(404).end()],
    [
      'the server answers with its front page',
      'model-missing',
      (_, response) => void response.setHeader('content-type', 'text/html').end('<p>'),
    ],
    ['it is another file', 'model-corrupt', bytes(Buffer.alloc(content.length))],
    ['it is longer', 'model-corrupt', bytes(Buffer.concat([content, content]))],
    ['it is shorter', 'model-corrupt', bytes(content.subarray(1))],
  ])('%s', async (_where, code, wrong) => {
    answer = wrong;
    await expect(get()).rejects.toMatchObject({ code });
    expect(cache.entries.size).toBe(0);
  });

  test('nobody answers', async () => {
    answer = (_request, response) => void response.destroy();
    await expect(get()).rejects.toMatchObject({ code: 'model-unreachable' });
  });
});
