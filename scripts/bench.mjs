// @ts-check
// Micro-benchmarks, each beside its peers: `npm run bench -- [--only NAME[,NAME]] [--json FILE]`.
import { main } from './bench/main.mjs';
import { runMain } from './lib/run.mjs';

await runMain(() => main(process.argv.slice(2)));
