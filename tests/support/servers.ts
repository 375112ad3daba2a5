/** The project's two servers, on a free port of this machine. */
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, preview, type PreviewServer, type ViteDevServer } from 'vite';
import { fromRoot } from '../../scripts/lib/paths.mjs';

export const serverKinds = ['dev', 'preview'] as const;
export type ServerKind = (typeof serverKinds)[number];

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running server; `await using` closes it. */
export class TestServer implements AsyncDisposable {
  readonly #server: ViteDevServer | PreviewServer;
  readonly #address: AddressInfo;

  private constructor(server: ViteDevServer | PreviewServer) {
    const address = server.httpServer?.address();
    if (typeof address !== 'object' || address === null) throw new Error('No address is bound.');
    this.#server = server;
    this.#address = address;
  }

  /** @param port Default: any that is free. */
  static async start(kind: ServerKind, port = 0): Promise<TestServer> {
    const shared = { configFile: fromRoot('vite.config.ts'), logLevel: 'error' } as const;
    const address = { port, strictPort: port !== 0 };
    if (kind === 'preview') return new TestServer(await preview({ ...shared, preview: address }));
    const server = await createServer({ ...shared, server: address });
    return new TestServer(await server.listen());
  }

  /** The address that is bound; `127.0.0.1` is reached from this machine only. */
  get host(): string {
    return this.#address.address;
  }

  get port(): number {
    return this.#address.port;
  }

  /** A GET request. `fetch` cannot send another Host header, which some tests need. */
  get(path: string, host = `localhost:${this.port}`): Promise<Response> {
    const { host: hostname, port } = this;
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, headers: { host } }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}
