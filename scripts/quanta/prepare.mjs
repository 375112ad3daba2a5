// @ts-check
// Sets up and builds what `quanta` needs, and fetches the models that are named; prints nothing where
// all is there.
import { buildEngine } from '../lib/build-engine.mjs';
import { runMain } from '../lib/run.mjs';
import { setup } from '../lib/setup.mjs';
import { bringModel } from '../lib/speech-models.mjs';

await runMain(async () => {
  await setup('start');
  await buildEngine();
  for (const model of process.argv.slice(2)) await bringModel(model);
});
