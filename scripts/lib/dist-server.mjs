// @ts-check
// Serves the built page on a port of its own, with a difference: other headers, another file, a folder
// beside it.
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fromRoot } from './paths.mjs';

/**
 * Changes a file's bytes on the way, holds them back, or (null) says that there is no such file.
 * @typedef {(path: string, bytes: Buffer) => Buffer | null | Promise<Buffer | null>} Alter
 */

/**
 * @typedef {object} DistOptions
 * @property {import('./headers.mjs').Headers} headers on every response
 * @property {Alter} [alter]
 * @property {(request: http.IncomingMessage) => void} [watch] told of every request, and of every wish
 *   for a tunnel
 * @property {Readonly<Record<string, string>>} [folders] served as well: first part of the path to a
 *   folder of the project
 */

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export class DistServer {
  /** @readonly */
  url;
  /** @readonly */
  #server;

  /** @param {http.Server} server that listens */
  constructor(server) {
    this.#server = server;
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    this.url = `http://localhost:${port}`;
  }

  /** @param {DistOptions} options */
  static async start(options) {
    const server = http.createServer(
      (request, response) => void answer(request, response, options),
    );
    // A browser that takes this for its proxy asks for everything here.
    server.on('connect', (request, socket) => {
      options.watch?.(request);
      socket.destroy();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return new DistServer(server);
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/**
 * @param {string} asked
 * @param {Readonly<Record<string, string>>} folders
 */
function fileOf(asked, folders) {
  const [, first = '', ...rest] = asked.split('/');
  const folder = folders[first];
  return folder === undefined ? fromRoot(`dist${asked}`) : fromRoot(folder, ...rest);
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {DistOptions} options
 */
async function answer(request, response, { headers, alter, watch, folders = {} }) {
  watch?.(request);
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const asked = pathname === '/' ? '/index.html' : pathname;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('Content-Type', TYPES[path.extname(asked)] ?? 'application/octet-stream');
  const file = await fs.readFile(fileOf(asked, folders)).catch(() => null);
  const bytes = file === null || alter === undefined ? file : await alter(asked, file);
  if (bytes === null) {
    response.writeHead(404).end();
    return;
  }
  response.end(bytes);
}
