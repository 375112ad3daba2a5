// @ts-check
// How fast the built page is: `npm run perf -- [--json FILE] [--baseline FILE]`.
import { runMain } from './lib/run.mjs';
import { main } from './perf/main.mjs';

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
