// @ts-check
// The zero-GC certificate: `npm run certify -- [--minutes N] [--json FILE] [--html FILE]`.
import { main } from './certify/main.mjs';
import { runMain } from './lib/run.mjs';

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
