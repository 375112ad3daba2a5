import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  ENGINE_MODULES,
  FALLBACK_FILE,
  OFFLINE_MODULE,
  VAD_MODULE,
} from '../../scripts/lib/build-engine.mjs';
import { assertEngineModule, instantiateEngine } from '../../scripts/lib/engine-module.mjs';
import { fallbackModule } from '../../scripts/lib/fallback-module.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { offlineExportNames } from '../../scripts/quanta/offline.gen.mjs';
import { constants } from '../../web/shared/layout.gen.ts';
import { vadExportNames } from '../../web/shared/vad.gen.ts';
import { type EngineExports, exportNames } from '../../worklet/exports.gen.ts';

/** What the linker exports besides the engine's own names. */
const TOOLCHAIN_EXPORTS = [
  '__errno_location',
  '__heap_base',
  '__indirect_function_table',
  '_initialize',
  'stackAlloc',
  'stackRestore',
  'stackSave',
];

const EXPECTED_EXPORTS = [...exportNames, ...TOOLCHAIN_EXPORTS].toSorted();
const MEMORY_BYTES = constants.memoryPages * 65536;

interface Fallback {
  instantiate(memory: { readonly buffer: ArrayBufferLike }): EngineExports;
}

const fallback = (await import(pathToFileURL(fromRoot(FALLBACK_FILE)).href)) as Fallback;

describe.each(ENGINE_MODULES)('$file', ({ file, shared }) => {
  const bytes = readFileSync(fromRoot(file));

  test('imports its memory and nothing else', () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    expect(imports).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  test('exports the names of the ABI, and besides them only what the linker adds', () => {
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes));
    expect(exported.map(({ name }) => name).toSorted()).toEqual(EXPECTED_EXPORTS);
  });

  test('keeps its data and its stack below the arena', async () => {
    const { exports } = await instantiateEngine(bytes, shared);
    const end = exports['__heap_base'];
    expect(end).toBeInstanceOf(WebAssembly.Global);
    expect((end as WebAssembly.Global<'i32'>).value).toBeLessThanOrEqual(constants.arenaBase);
  });

  test('is refused with the other kind of memory', async () => {
    await expect(assertEngineModule({ file, shared: !shared })).rejects.toThrow('memory');
  });
});

describe.each([
  { ...OFFLINE_MODULE, names: offlineExportNames },
  { ...VAD_MODULE, names: vadExportNames },
])('the module $name', ({ names, ...module }) => {
  const { file, shared, pages } = module;
  const bytes = readFileSync(fromRoot(file));

  test('imports its memory and nothing else', () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    expect(imports).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  test('exports the names of its ABI, and besides them only what the linker adds', () => {
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes));
    const expected = [...names, ...TOOLCHAIN_EXPORTS].toSorted();
    expect(exported.map(({ name }) => name).toSorted()).toEqual(expected);
  });

  test('runs in its own memory, and is refused with another', async () => {
    await expect(assertEngineModule(module)).resolves.toBeUndefined();
    for (const other of [{ shared: !shared }, { pages: pages - 1 }, { pages: pages + 1 }]) {
      await expect(assertEngineModule({ file, shared, pages, ...other })).rejects.toThrow('memory');
    }
  });
});

describe('the JavaScript fallback', () => {
  const newMemory = () => ({ buffer: new ArrayBuffer(MEMORY_BYTES) });

  test('exports the same names as the modules', () => {
    expect(Object.keys(fallback.instantiate(newMemory())).toSorted()).toEqual(EXPECTED_EXPORTS);
  });

  test('gives every instance a state of its own', () => {
    const [first, second] = [newMemory(), newMemory()].map((memory) =>
      fallback.instantiate(memory),
    );
    first?.init(1024);
    expect(first?.get_input_capacity()).toBe(1024);
    expect(second?.get_input_capacity()).toBe(0);
  });

  test('starts afresh in a memory where another engine left its data', () => {
    const memory = newMemory();
    new Uint8Array(memory.buffer, 0, constants.arenaBase).fill(1);
    expect(fallback.instantiate(memory).get_input_capacity()).toBe(0);
  });

  test('leaves the arena of the engine before it as it was', () => {
    const memory = newMemory();
    const arena = new Uint8Array(memory.buffer, constants.arenaBase).fill(7);
    fallback.instantiate(memory);
    expect(arena.every((byte) => byte === 7)).toBe(true);
  });

  test('refuses a memory of another size', () => {
    const instantiate = () => fallback.instantiate({ buffer: new ArrayBuffer(16) });
    expect(instantiate).toThrow(RangeError);
  });
});

describe('the translation of the fallback', () => {
  const layout = { arenaBase: 8, memoryBytes: 16 };
  const instance = [
    'function asmFunc(env) {',
    '}',
    'var memasmFunc = new ArrayBuffer(16);',
    "var retasmFunc = asmFunc(  { abort: function() { throw new Error('abort'); },",
    '    memory: { buffer : memasmFunc }',
    '  });',
    'export var init = retasmFunc.init;',
  ];

  test('makes a factory of one instance', () => {
    const module = fallbackModule(instance.join('\n'), layout);
    expect(module).toContain('export function instantiate(memory)');
    expect(module).not.toContain('retasmFunc');
  });

  test('throws errors where wasm2js throws strings', () => {
    const text = ['function trap() { throw "trap: invalid"; }', ...instance].join('\n');
    expect(fallbackModule(text, layout)).toContain('throw new Error("trap: invalid");');
  });

  test.each([
    ['has no instance', instance.slice(0, 2)],
    ['imports another function', instance.with(4, '    memory: memory, log: console.log')],
    ['does more after the exports', [...instance, 'retasmFunc.init();']],
    ['throws something else', ['function trap() { throw 1; }', ...instance]],
    ['imports a module', ["import { b } from 'b';", ...instance]],
  ])('fails on a text that %s', (_what, lines) => {
    expect(() => fallbackModule(lines.join('\n'), layout)).toThrow('wasm2js printed something');
  });
});
