// @ts-check
// What a linked engine module has to be.
import fs from 'node:fs';
import { CommandError } from './run.mjs';
import { fromRoot } from './paths.mjs';

/**
 * A number from the generated layout.
 * @param {string} name
 * @returns {number}
 */
export function layoutConstant(name) {
  const text = fs.readFileSync(fromRoot('web/shared/layout.gen.ts'), 'utf8');
  const found = text.match(new RegExp(`^  ${name}: (\\d+),$`, 'm'))?.[1];
  if (found === undefined) throw new Error(`layout.gen.ts has no constant ${name}.`);
  return Number(found);
}

/**
 * Compiles and instantiates a module as the worklet does.
 * @param {BufferSource} bytes
 * @param {boolean} shared
 * @param {number} [pages] of its memory; default: the engine's
 */
export async function instantiateEngine(bytes, shared, pages = layoutConstant('memoryPages')) {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  const { module, instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { module, memory, exports: instance.exports };
}

/**
 * @param {string} name the module's name, for messages
 * @param {WebAssembly.Module} module
 */
function assertImportsMemoryOnly(name, module) {
  const imports = WebAssembly.Module.imports(module).map(
    (found) => `${found.module}.${found.name}`,
  );
  if (imports.join() !== 'env.memory') {
    throw new CommandError(
      `${name} must import env.memory and nothing else: ${imports.join(', ')}.`,
    );
  }
}

/**
 * The engine takes a constant as its arena's start, so the linker's own data must end below it.
 * @param {string} name
 * @param {WebAssembly.Exports} exports
 */
function assertDataBelowArena(name, exports) {
  const heapBase = exports['__heap_base'];
  const end = heapBase instanceof WebAssembly.Global ? Number(heapBase.value) : Infinity;
  const arenaBase = layoutConstant('arenaBase');
  if (end <= arenaBase) return;
  throw new CommandError(`${name}: data and stack end at ${end}, above kArenaBase (${arenaBase}).`);
}

/**
 * Throws when the module could not run with the memory that it is given.
 * @param {{ file: string, shared: boolean, pages?: number }} engine path relative to the repository
 */
export async function assertEngineModule({ file, shared, pages }) {
  const bytes = fs.readFileSync(fromRoot(file));
  assertImportsMemoryOnly(file, new WebAssembly.Module(bytes));
  const { exports } = await instantiateEngine(bytes, shared, pages);
  assertDataBelowArena(file, exports);
}
