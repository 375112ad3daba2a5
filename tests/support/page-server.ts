/** Serves the built page on a port of its own, with a difference: other headers, another file. */
import { type Alter, DistServer } from '../../scripts/lib/dist-server.mjs';
import type { Headers } from '../../scripts/lib/headers.mjs';

export class PageServer implements AsyncDisposable {
  readonly #server: DistServer;

  private constructor(server: DistServer) {
    this.#server = server;
  }

  get url(): string {
    return this.#server.url;
  }

  /** @param headers On every response. */
  static async start(headers: Headers, alter?: Alter): Promise<PageServer> {
    const server = await DistServer.start({ headers, ...(alter === undefined ? {} : { alter }) });
    return new PageServer(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}
