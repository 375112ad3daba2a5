// @ts-check
// A radio station on this machine, for the page to broadcast to: `npm run radio -- [--port N]`.
import { runMain } from './lib/run.mjs';
import { main } from './radio/main.mjs';

await runMain(() => main(process.argv.slice(2)));
