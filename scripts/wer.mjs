// @ts-check
// How many words speech to text gets wrong: `npm run wer -- [--model tiny,base] [--json FILE]`.
import { runMain } from './lib/run.mjs';
import { main } from './wer/main.mjs';

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
