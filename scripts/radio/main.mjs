// @ts-check
// `npm run radio`: the chain until Ctrl+C.
import { parseArgs } from 'node:util';
import { CommandError } from '../lib/run.mjs';
import { assertPortsFree } from '../lib/serve.mjs';
import { setupTool } from '../lib/setup.mjs';
import { DEFAULT_RADIO_PORT, radioPorts } from '../lib/webcast-proxy.mjs';
import { STUDIO_USER } from './liquidsoap-script.mjs';
import { RadioChain } from './radio-chain.mjs';

const HIGHEST_PORT = 65_532;

/** @param {readonly string[]} args */
function portFrom(args) {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
  const port = Number(values.port ?? DEFAULT_RADIO_PORT);
  if (Number.isInteger(port) && port > 0 && port <= HIGHEST_PORT) return port;
  throw new CommandError(`--port takes a number from 1 to ${HIGHEST_PORT}, was ${values.port}.`);
}

/** @param {RadioChain} chain */
const words = ({ ports, passwords }) => `
  The radio is on the air, on this machine only.

  The page broadcasts to  /webcast/live  as user  ${STUDIO_USER}
  with the password       ${passwords.studio}
  (made for this run; it is written nowhere else)

  Listen:  http://127.0.0.1:${ports.relay1}/radio.opus  (relay 1)
           http://127.0.0.1:${ports.relay2}/radio.opus  (relay 2)
  Status:  http://127.0.0.1:${ports.master}/  (master)
${
  ports.master === DEFAULT_RADIO_PORT
    ? ''
    : `
  Tell the page's server where it is: QUANTA_RADIO_PORT=${ports.master} npm start
`
}
  Ctrl+C ends all of it.
`;

/** @returns {Promise<void>} */
const interrupted = () =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });

/** @param {readonly string[]} args */
export async function main(args) {
  const ports = radioPorts(portFrom(args));
  await setupTool('Icecast and Liquidsoap');
  await assertPortsFree(Object.values(ports), 'npm run radio');
  const interrupt = interrupted();
  const chain = await RadioChain.start({ ports });
  try {
    console.log(words(chain));
    const first = await Promise.race([
      interrupt.then(() => 'interrupt'),
      chain.anyEnded().then(() => 'ended'),
    ]);
    if (first === 'ended') throw new CommandError('A server of the radio has ended by itself.');
  } finally {
    await chain.close();
  }
}
