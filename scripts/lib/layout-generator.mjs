// @ts-check
// The other side of the layouts in wasm/shared, printed by a native C++ program.
import fs from 'node:fs';
import { commandExists, fromRoot } from './paths.mjs';
import { CommandError, outputOf, run } from './run.mjs';

const GENERATOR = 'build/gen/emit_layout_ts';
const SOURCES = [
  'layout_ts',
  'rings_ts',
  'stages_ts',
  'controls_ts',
  'flight_ts',
  'deadline_ts',
  'watch_ts',
  'offline_js',
  'vad',
].map((part) => `wasm/abi/emit_${part}.cpp`);

/** Native compilers, in the order in which they are tried. */
export const NATIVE_COMPILERS = /** @type {const} */ (['c++', 'g++', 'clang++']);

/**
 * The generated files and the generator's argument for each.
 * @type {readonly { file: string, argument: string }[]}
 */
const FILES = [
  { file: 'web/shared/layout.gen.ts', argument: 'layout' },
  { file: 'worklet/exports.gen.ts', argument: 'exports' },
  { file: 'scripts/quanta/offline.gen.mjs', argument: 'offline' },
  { file: 'web/shared/delay.gen.ts', argument: 'delay' },
  { file: 'web/shared/resample.gen.ts', argument: 'resample' },
  { file: 'scripts/lib/vad-file.gen.mjs', argument: 'vad-file' },
  { file: 'web/shared/vad.gen.ts', argument: 'vad' },
];

/** @returns {string} */
function nativeCompiler() {
  const compiler = NATIVE_COMPILERS.find(commandExists);
  if (compiler) return compiler;
  throw new CommandError('No C++ compiler found. `npm run setup` installs one.');
}

/**
 * The layout's generated files as they should be.
 * @returns {Promise<{ file: string, text: string }[]>}
 */
export async function generateLayout() {
  fs.mkdirSync(fromRoot('build/gen'), { recursive: true });
  const flags = ['-std=c++20', '-O0', '-I', 'wasm'];
  await run(nativeCompiler(), [...flags, ...SOURCES, '-o', GENERATOR]);
  return FILES.map(({ file, argument }) => ({
    file,
    text: outputOf(fromRoot(GENERATOR), [argument]),
  }));
}
