/** The contestants in a page; `hosts/chromium.mjs` calls them. */
import { ContestantTable } from '../contestant-table.mjs';
import { modules } from '../contestants/index.ts';
import { Kernels } from '../kernels.mjs';

declare global {
  var benchmarks: ContestantTable;
}

if (!crossOriginIsolated) throw new Error('The page is not isolated: its clock is too coarse.');
const response = await fetch('/bench.wasm');
globalThis.benchmarks = new ContestantTable(
  await Kernels.load(await response.arrayBuffer()),
  modules,
);
