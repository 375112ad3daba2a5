/** Ports of this machine that nobody listens on. */
import net from 'node:net';
import { freePort } from '../../scripts/lib/serve.mjs';

const tries = 50;

/** The first of so many ports in a row. */
export async function freeRow(length: number): Promise<number> {
  for (let i = 0; i < tries; i += 1) {
    const first = await freePort();
    const row = Array.from({ length }, (_, offset) => isFree(first + offset));
    if (!(await Promise.all(row)).includes(false)) return first;
  }
  throw new Error(`No ${length} ports in a row are free.`);
}

function isFree(port: number): Promise<boolean> {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
