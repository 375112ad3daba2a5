/** Serves the built page on a port of its own, with a difference: other headers, another file. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.mjs';

/** Changes a file's bytes on the way, holds them back, or (null) says that there is no such file. */
type Alter = (path: string, bytes: Buffer) => Buffer | null | Promise<Buffer | null>;

type Headers = readonly (readonly [name: string, value: string])[];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export class PageServer implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  /** @param headers On every response. */
  static async start(
    headers: Headers,
    alter: Alter = (_path, bytes) => bytes,
  ): Promise<PageServer> {
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const { pathname } = new URL(request.url!, 'http://localhost');
      const path = pathname === '/' ? '/index.html' : pathname;
      for (const [name, value] of headers) response.setHeader(name, value);
      response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
      const file = await readFile(fromRoot(`dist${path}`)).catch(() => null);
      const bytes = file === null ? null : await alter(path, file);
      if (bytes === null) response.writeHead(404).end();
      else response.end(bytes);
    };
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
