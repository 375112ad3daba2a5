// @ts-check
// What the page was built into: looked at before the run, so that it is what was served, but for a
// control's prelude.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fromRoot } from '../lib/paths.mjs';

/** @typedef {{ name: string, bytes: number, sha256: string }} ServedFile */

/** @returns {ServedFile[]} the engine and the processor */
export function servedFiles() {
  const names = fs.readdirSync(fromRoot('dist/assets'));
  const processor = names.find((name) => name.startsWith('processor-'));
  const files = ['engine.wasm', ...(processor === undefined ? [] : [`assets/${processor}`])];
  return files.map((name) => {
    const bytes = fs.readFileSync(fromRoot('dist', name));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, bytes: bytes.length, sha256 };
  });
}

/** @returns {string[]} imports of the engine's module, as `module.name` */
export function engineImports() {
  const bytes = Uint8Array.from(fs.readFileSync(fromRoot('dist/engine.wasm')));
  const module = new WebAssembly.Module(bytes);
  return WebAssembly.Module.imports(module).map((each) => `${each.module}.${each.name}`);
}
