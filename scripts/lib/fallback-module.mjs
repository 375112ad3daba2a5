// @ts-check
// Turns the text that wasm2js prints into an ES module with a factory. wasm2js makes one instance
// with a memory of its own at module level; here every instance gets its memory from the caller, and
// nothing that changes lives outside the factory.

const TAIL_START = /^var memasmFunc = new ArrayBuffer\(\d+\);\nvar retasmFunc = asmFunc\(/m;
const TAIL_LINE = /^(export var \w+ = retasmFunc\.\w+;)?$/;
const ABORT_IMPORT = "{ abort: function() { throw new Error('abort'); },";
const MEMORY_IMPORT = 'memory: { buffer : memasmFunc }';

/**
 * @param {boolean} holds
 * @param {string} expected
 * @returns {asserts holds}
 */
function expectText(holds, expected) {
  if (!holds) throw new Error(`wasm2js printed something else than expected: ${expected}.`);
}

/**
 * The text before the module-level instance, whose every line is checked.
 * @param {string} text
 */
function withoutInstance(text) {
  const start = text.search(TAIL_START);
  expectText(start >= 0, 'an instance made by asmFunc at the end');
  const tail = text.slice(start).split('\n');
  const imports = tail.slice(1, 4).join(' ').replace(/\s+/g, ' ');
  const expected = `var retasmFunc = asmFunc( ${ABORT_IMPORT} ${MEMORY_IMPORT} });`;
  expectText(imports === expected, 'no import but abort and memory');
  expectText(
    tail.slice(4).every((line) => TAIL_LINE.test(line)),
    'nothing but exports at the end',
  );
  return text.slice(0, start);
}

/**
 * wasm2js throws strings; whoever catches wants an Error with a stack.
 * @param {string} text
 */
function throwingErrors(text) {
  const result = text.replace(/\bthrow ((["']).*?\2(?: \+ \w+)?);/g, 'throw new Error($1);');
  expectText(!/\bthrow (?!new Error\()/.test(result), 'to throw strings only');
  return result;
}

/**
 * @param {string} text what wasm2js printed
 * @param {{ arenaBase: number, memoryBytes: number }} layout
 * @returns {string} an ES module that exports `instantiate(memory)`
 */
export function fallbackModule(text, { arenaBase, memoryBytes }) {
  expectText((text.match(/^function asmFunc\(env\) \{$/gm) ?? []).length === 1, 'one asmFunc');
  expectText(
    !/^\s*(import|export)\b/m.test(withoutInstance(text)),
    'no import or export elsewhere',
  );
  return `// Made from engine-scalar.wasm by wasm2js: the same engine for a host without WebAssembly.
export function instantiate(memory) {
if (memory.buffer.byteLength < ${memoryBytes}) {
  throw new RangeError('memory must have ${memoryBytes} bytes or more, has ' + memory.buffer.byteLength + '.');
}
// An engine that ran here before leaves its own data, and a mark that stops the start-up code.
new Uint8Array(memory.buffer, 0, ${arenaBase}).fill(0);
${throwingErrors(withoutInstance(text)).trim()}
return asmFunc({ abort: function() { throw new Error('The engine trapped.'); }, memory: memory });
}
`;
}

/** The declarations of that module. */
export const FALLBACK_TYPES = `import type { EngineExports } from '../../worklet/exports.gen.ts';

/**
 * A new engine in the given memory, whose static data it clears; the arena is left as it is.
 * Throws a RangeError when the memory is smaller than the engine's.
 */
export declare function instantiate(memory: { readonly buffer: ArrayBufferLike }): EngineExports;
`;
