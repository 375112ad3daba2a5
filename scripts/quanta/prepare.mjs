// @ts-check
// Sets up and builds what `quanta` needs; prints nothing where all is there.
import { buildEngine } from '../lib/build-engine.mjs';
import { runMain } from '../lib/run.mjs';
import { setup } from '../lib/setup.mjs';

await runMain(async () => {
  await setup('start');
  await buildEngine();
});
