/** Serves the built page to a browser that sends everything here, whatever its address is. */
import type { IncomingMessage } from 'node:http';
import { type Browser, chromium } from '@playwright/test';
import { chromiumOptions, type Microphone } from '../../scripts/lib/chromium-options.mjs';
import { DistServer } from '../../scripts/lib/dist-server.mjs';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';

/**
 * Where Chromium itself asks for updates and what a page's fields are for, whatever page it shows. It gets
 * no answer. That the page asks nothing there is seen by other means: by the debugger.
 */
const makersOwn = /^(https?:\/\/)?[\w.-]+\.(google|googleapis|gvt1)\.com[:/]/;

/** What went out. */
export interface Sent {
  readonly method: string;
  /** Without its query. */
  readonly address: string;
  readonly query: string;
  /** Whether anything came with it, apart from its headers. */
  readonly hasBody: boolean;
  readonly cookie: string;
}

export class WatchedServer implements AsyncDisposable {
  readonly #server: DistServer;
  readonly #sent: Sent[];

  private constructor(server: DistServer, sent: Sent[]) {
    this.#server = server;
    this.#sent = sent;
  }

  static async start(): Promise<WatchedServer> {
    const sent: Sent[] = [];
    const watch = (request: IncomingMessage): void => {
      if (!makersOwn.test(request.url ?? '')) sent.push(sentBy(request));
    };
    return new WatchedServer(await DistServer.start({ headers: SECURITY_HEADERS, watch }), sent);
  }

  /** The page's own origin. */
  get url(): string {
    return this.#server.url;
  }

  /** All that the browser asked of anybody, for the page, its Workers and its service worker. */
  get sent(): readonly Sent[] {
    return this.#sent;
  }

  /** A browser without another way out. */
  launch(microphone: Microphone = {}): Promise<Browser> {
    // Addresses of this machine too, which browsers would reach directly.
    const proxy = { server: this.url, bypass: '<-loopback>' };
    return chromium.launch({ ...chromiumOptions(microphone), proxy });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}

function sentBy({ method = '', url = '', headers }: IncomingMessage): Sent {
  // Of a proxy's request the address is whole; of a tunnel it is host and port.
  const [address = '', query = ''] = url.split('?');
  const hasBody = 'content-length' in headers || 'transfer-encoding' in headers;
  return { method, address, query, hasBody, cookie: headers.cookie ?? '' };
}
