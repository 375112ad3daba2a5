// @ts-check
// Serves the page on this machine only.
import net from 'node:net';
import { parseArgs } from 'node:util';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

const CONNECT_TIMEOUT_MS = 500;
const HIGHEST_PORT = 65535;

/** Browsers try both for "localhost", so a stranger on either would be met instead of us. */
const LOOPBACKS = ['127.0.0.1', '::1'];

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    /** @param {boolean} answered */
    const finish = (answered) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}

/**
 * A port of this machine that nobody listens on.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} port */
async function isTaken(port) {
  const taken = await Promise.all(LOOPBACKS.map((host) => answers(host, port)));
  return taken.includes(true);
}

/**
 * For a command that wants several ports in a row.
 * @param {readonly number[]} ports
 * @param {string} command what the reader typed
 */
export async function assertPortsFree(ports, command) {
  for (const port of ports) {
    if (!(await isTaken(port))) continue;
    throw new CommandError(
      `Port ${port} is taken: another \`${command}\`, or another program. Stop it, or choose ` +
        `other ports: \`${command} -- --port ${port + 100}\`.`,
    );
  }
}

/**
 * @param {number} port
 * @param {string} command what the reader typed
 */
async function assertFree(port, command) {
  if (!(await isTaken(port))) return;
  throw new CommandError(
    `Port ${port} is taken: another \`${command}\`, or another program. Stop it, or choose ` +
      `another port: \`${command} -- --port ${port + 1}\`.`,
  );
}

/**
 * @typedef {object} Serving
 * @property {string} url
 * @property {() => Promise<void>} close
 */

const configFile = fromRoot('vite.config.ts');

/** @param {number} port */
const urlOf = (port) => `http://localhost:${port}`;

/**
 * Serves the built page until the process ends.
 * @param {number} port
 * @returns {Promise<Serving>}
 */
export async function servePage(port) {
  await assertFree(port, 'npm start');
  const { preview } = await import('vite');
  const server = await preview({ configFile, preview: { port } });
  return { url: urlOf(port), close: () => server.close() };
}

/**
 * Serves the page's sources, and reloads it when they change.
 * @param {number} port
 * @returns {Promise<Serving>}
 */
export async function serveSources(port) {
  await assertFree(port, 'npm run dev');
  const { createServer } = await import('vite');
  const server = await createServer({ configFile, server: { port } });
  await server.listen();
  return { url: urlOf(port), close: () => server.close() };
}

/**
 * The port that the command line asks for.
 * @returns {number}
 */
export function portFromArguments() {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '5173' } } });
  const port = Number(values.port);
  if (Number.isInteger(port) && port > 0 && port <= HIGHEST_PORT) return port;
  throw new CommandError(`--port takes a number from 1 to ${HIGHEST_PORT}, was ${values.port}.`);
}
