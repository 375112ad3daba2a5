// @ts-check
// Contestants in this process.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../../lib/paths.mjs';
import { KERNELS, NODE_CONTESTANTS, PAGE } from '../build.mjs';
import { ContestantTable } from '../contestant-table.mjs';
import { Kernels } from '../kernels.mjs';

/** @typedef {import('../contestant-table.mjs').Modules} Modules */

/** @returns {Promise<import('./host.mjs').Host>} */
export async function openNode() {
  const kernels = await Kernels.load(fs.readFileSync(fromRoot(KERNELS)));
  const url = pathToFileURL(fromRoot(NODE_CONTESTANTS)).href;
  const { modules } = /** @type {{ modules: Modules }} */ (await import(url));
  const table = new ContestantTable(kernels, modules, (name) =>
    Promise.resolve(Uint8Array.from(fs.readFileSync(fromRoot(PAGE, name)))),
  );
  const release = () => {
    table.release();
    return Promise.resolve();
  };
  return {
    version: `Node ${process.version}`,
    check: (code) => table.check(code),
    time: (code, operations) => table.time(code, operations),
    timeEach: (code, operations) => table.timeEach(code, operations),
    release,
    close: release,
  };
}
