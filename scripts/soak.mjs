// @ts-check
// The long measurement: `npm run soak -- [--minutes N] [--inputs 1|8] [--quiet] [--json FILE]` in
// Chromium, `npm run soak -- --offline [--hours N] [--json FILE]` without.
import { runMain } from './lib/run.mjs';
import { main } from './soak/main.mjs';

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
