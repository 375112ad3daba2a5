// @ts-check
// Fetches models of speech to text: `npm run models -- [tiny] [base]`.
import { installNodeModules } from './lib/node-modules.mjs';
import { runMain } from './lib/run.mjs';
import { bringModel, DEFAULT_MODEL, MODELS, modelNamed } from './lib/speech-models.mjs';

await runMain(async () => {
  const typed = process.argv.slice(2);
  const names = typed.length === 0 ? [DEFAULT_MODEL] : typed.map(modelNamed);
  await installNodeModules();
  for (const name of names) {
    const isNew = await bringModel(name);
    console.log(`${name} ${isNew ? 'is now' : 'was already'} in ${MODELS}.`);
  }
});
