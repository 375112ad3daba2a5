// @ts-check
// Sets up what is missing and serves the sources: `npm run dev -- [--port N]`.
import { buildEngine } from './lib/build-engine.mjs';
import { runMain } from './lib/run.mjs';
import { portFromArguments, serveSources } from './lib/serve.mjs';
import { setup } from './lib/setup.mjs';
import { bringDefaultModel } from './lib/speech-models.mjs';

await runMain(async () => {
  const port = portFromArguments();
  await setup('start');
  await buildEngine();
  await bringDefaultModel();
  const { url } = await serveSources(port);
  console.log(`
  The sources of Quanta are at ${url}

  The page reloads when web/ or worklet/ change. After a change in wasm/, start this command again.
  Ctrl+C stops the server.
`);
});
