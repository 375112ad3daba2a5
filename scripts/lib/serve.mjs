// @ts-check
// Serves dist/ on this machine only.
import net from 'node:net';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

const CONNECT_TIMEOUT_MS = 500;

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

/** @param {number} port */
async function assertFree(port) {
  const taken = await Promise.all(LOOPBACKS.map((host) => answers(host, port)));
  if (!taken.includes(true)) return;
  throw new CommandError(
    `Port ${port} is taken: another \`npm start\`, or another program. Stop it, or choose another ` +
      `port: \`npm start -- --port ${port + 1}\`.`,
  );
}

/**
 * Serves the built page until the process ends.
 * @param {number} port
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function servePage(port) {
  await assertFree(port);
  const { preview } = await import('vite');
  const server = await preview({ configFile: fromRoot('vite.config.ts'), preview: { port } });
  return { url: `http://localhost:${port}`, close: () => server.close() };
}
