// @ts-check
// Builds the engine and the page: dist/ is all that a host needs.
import { buildEngine } from './lib/build-engine.mjs';
import { buildPage } from './lib/build-page.mjs';
import { runMain } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';

await runMain(async () => {
  await setup('start');
  await buildEngine();
  const built = await buildPage();
  console.log(built ? 'The page is in dist/.' : 'dist/ is fresh.');
});
