/** The contestants in a page; `hosts/chromium.mjs` calls them. */
import { ContestantTable } from '../contestant-table.mjs';
import { modules } from '../contestants/index.ts';
import { Kernels } from '../kernels.mjs';

declare global {
  var benchmarks: ContestantTable;
}

if (!crossOriginIsolated) throw new Error('The page is not isolated: its clock is too coarse.');
async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/${name}`);
  if (!response.ok) throw new Error(`${name} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

const kernels = await Kernels.load(await asset('bench.wasm'));
globalThis.benchmarks = new ContestantTable(kernels, modules, asset);
