// @ts-check
// Sets up what is missing, builds what is stale and serves: `npm start -- [--port N]`.
import { buildEngine } from './lib/build-engine.mjs';
import { buildPage } from './lib/build-page.mjs';
import { runMain } from './lib/run.mjs';
import { portFromArguments, servePage } from './lib/serve.mjs';
import { setup } from './lib/setup.mjs';

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
