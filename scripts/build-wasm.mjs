// @ts-check
// Builds the engine into public/ and its JavaScript fallback into build/fallback/.
import { buildEngine } from './lib/build-engine.mjs';
import { runMain } from './lib/run.mjs';

await runMain(async () => {
  const built = await buildEngine();
  console.log(built ? 'The engine is built.' : 'The engine is fresh.');
});
