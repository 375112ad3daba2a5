// @ts-check
// How right the frequencies are: `npm run accuracy -- [--quick] [--json FILE] [--html FILE]`.
import { main } from './accuracy/main.mjs';
import { runMain } from './lib/run.mjs';

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
