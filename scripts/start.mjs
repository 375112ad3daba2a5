// @ts-check
// Sets up what is missing, builds what is stale and serves: `npm start -- [--port N]`.
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { buildPage } from './lib/build-page.mjs';
import { CommandError, runMain } from './lib/run.mjs';
import { servePage } from './lib/serve.mjs';
import { setup } from './lib/setup.mjs';

const HIGHEST_PORT = 65535;

/** @returns {number} */
function portFromArguments() {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '5173' } } });
  const port = Number(values.port);
  if (Number.isInteger(port) && port > 0 && port <= HIGHEST_PORT) return port;
  throw new CommandError(`--port takes a number from 1 to ${HIGHEST_PORT}, was ${values.port}.`);
}

await runMain(async () => {
  const port = portFromArguments();
  await setup('start');
  await buildEngine();
  await buildPage();
  const { url } = await servePage(port);
  console.log(`
  Quanta is at ${url}

  Open it and press Start. The microphone is asked for then, and not before; the oscillator and
  audio files need none. quanta/sec should settle at the rate shown beside it.
  Ctrl+C stops the server.
`);
});
