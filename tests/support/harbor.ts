/** A server in Node that speaks webcast as Liquidsoap's harbor does, with a status page beside it. */
import http from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { SocketOpener } from '../../web/lib/streamer/connection.ts';

interface Hello {
  readonly mime: string;
  readonly user: string;
  readonly password: string;
}

/** What one connection brought. */
export interface Visit {
  readonly hello: Hello;
  readonly metadata: unknown[];
  readonly frames: Buffer[];
  /** Ends it as a broken line does. */
  readonly cut: () => void;
  /** Stops reading, or goes on. */
  readonly hold: (held: boolean) => void;
}

export interface HarborOptions {
  readonly port?: number;
  /** Subprotocols that it speaks. Default webcast. */
  readonly protocols?: readonly string[];
}

export const harborPassword = 'correct horse';

// RFC 6455, 7.4.1.
const refused = 1011;

export class Harbor implements AsyncDisposable {
  readonly visits: Visit[] = [];
  /** Requests for a connection, those that were refused as well. */
  tries = 0;
  /** Mounts that the status page lists besides those that are taken. */
  listed: string[] = [];
  /** Whether the status page answers. */
  answers = true;
  readonly #server: http.Server;
  readonly #open = new Set<TcpSocket>();
  readonly #busy = new Set<string>();

  private constructor(protocols: readonly string[]) {
    this.#server = http.createServer((_request, response) => {
      if (!this.answers) return void response.writeHead(503).end();
      return void response.end(this.#status());
    });
    const handleProtocols = (offered: Set<string>): string | false =>
      protocols.find((known) => offered.has(known)) ?? false;
    const sockets = new WebSocketServer({ server: this.#server, handleProtocols });
    this.#server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.on('close', () => this.#open.delete(socket));
    });
    sockets.on('connection', (socket, { url = '', socket: line }) => {
      this.tries += 1;
      this.#meet(socket, url, line);
    });
  }

  static async start({ port = 0, protocols = ['webcast'] }: HarborOptions = {}): Promise<Harbor> {
    const harbor = new Harbor(protocols);
    await new Promise<void>((resolve) => {
      harbor.#server.listen(port, '127.0.0.1', resolve);
    });
    return harbor;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/live`;
  }

  get statusUrl(): string {
    return `http://127.0.0.1:${this.port}/status-json.xsl`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #status(): string {
    const mounts = [...this.#busy].map((path) => `${path}.opus`).concat(this.listed);
    const source = mounts.map((mount) => ({ listenurl: `http://localhost${mount}`, title: '"x"' }));
    return JSON.stringify({ icestats: { source } });
  }

  #meet(socket: WebSocket, path: string, line: TcpSocket): void {
    socket.once('message', (first: Buffer) => {
      const { type, data } = JSON.parse(first.toString()) as { type: string; data: Hello };
      if (type !== 'hello') return socket.close(refused, 'Invalid hello.');
      if (data.password !== harborPassword) return socket.close(refused, 'Authentication failed.');
      if (path !== '/live') return socket.close(refused, "This mountpoint isn't available.");
      if (this.#busy.has(path)) return socket.terminate();
      return this.#welcome(socket, path, line, data);
    });
  }

  #welcome(socket: WebSocket, path: string, line: TcpSocket, hello: Hello): void {
    const [metadata, frames]: [unknown[], Buffer[]] = [[], []];
    this.#busy.add(path);
    socket.on('close', () => this.#busy.delete(path));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) frames.push(data);
      else metadata.push((JSON.parse(data.toString()) as { data: unknown }).data);
    });
    const hold = (held: boolean): void => void (held ? line.pause() : line.resume());
    this.visits.push({ hello, metadata, frames, cut: () => line.destroy(), hold });
  }
}

/** A WebSocket of Node for what is written for a browser's. */
export const openSocket: SocketOpener = (url, protocol) => {
  const socket = new WebSocket(url, protocol);
  // A browser says so by the close that follows.
  socket.on('error', () => undefined);
  return socket as unknown as ReturnType<SocketOpener>;
};
