// @ts-check
// Builds what benchmarks run: the C++ natively and as WebAssembly, the JavaScript for both hosts.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { buildEngine, VAD_MODULE } from '../lib/build-engine.mjs';
import { refresh } from '../lib/freshness.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { outputOf, run } from '../lib/run.mjs';
import { bringClips, CLIPS } from '../lib/speech-clips.mjs';
import { bringModel, DEFAULT_MODEL, servedFiles } from '../lib/speech-models.mjs';
import { VAD_MODEL, VAD_WEIGHTS } from '../lib/vad-weights.mjs';

const NATIVE = 'build/bench-native';
const WASM = 'build/wasm';
const NODE = 'build/bench/node';

/** What Chromium loads. */
export const PAGE = 'build/bench/page';
/** The C++ benchmarks as WebAssembly. */
export const KERNELS = `${WASM}/bench.wasm`;
/** The C++ benchmarks, natively. */
export const NATIVE_PROGRAM = `${NATIVE}/bench_native`;
/** The JavaScript contestants for Node. */
export const NODE_CONTESTANTS = `${NODE}/contestants.mjs`;

/** What contestants find beside the page. */
const ASSETS = [
  KERNELS,
  ...[VAD_MODULE.file, VAD_WEIGHTS, VAD_MODEL],
  'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  ...servedFiles(DEFAULT_MODEL),
  ...CLIPS.map(({ file }) => file),
];

const NATIVE_DEFINES = ['-DCMAKE_BUILD_TYPE=Release', '-DQUANTA_BENCH=ON'];

async function buildNative() {
  await run('cmake', ['-G', 'Ninja', '-S', '.', '-B', NATIVE, ...NATIVE_DEFINES]);
  await run('ninja', ['-C', NATIVE, 'bench_native']);
}

async function buildKernels() {
  const configure = ['cmake', '-G', 'Ninja', '-S', '.', '-B', WASM, '-DCMAKE_BUILD_TYPE=Release'];
  await run('emcmake', configure);
  await run('ninja', ['-C', WASM, 'bench']);
}

/** @type {import('vite').InlineConfig} */
const COMMON = { configFile: false, logLevel: 'error', worker: { format: 'es' } };

async function buildPage() {
  await build({
    ...COMMON,
    root: fromRoot('scripts/bench/page'),
    build: { outDir: fromRoot(PAGE), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  });
  for (const file of ASSETS) fs.copyFileSync(fromRoot(file), fromRoot(PAGE, path.basename(file)));
}

async function buildForNode() {
  const entry = fromRoot('scripts/bench/contestants/index.ts');
  await build({
    ...COMMON,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: fromRoot(NODE),
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'contestants.mjs' } },
    },
  });
}

/** Builds what is not fresh. */
export async function buildBenchmarks() {
  await buildEngine();
  await bringModel(DEFAULT_MODEL);
  bringClips();
  const cpp = {
    stamp: 'build/bench/cpp.sha256',
    inputs: ['wasm', 'tests/native/bench', 'tests/native/native.cmake', 'CMakeLists.txt'],
    versions: [outputOf('em++', ['--version']), outputOf('c++', ['--version'])],
    outputs: [KERNELS, NATIVE_PROGRAM],
  };
  const built = await refresh(cpp, async () => {
    await buildNative();
    await buildKernels();
  });
  const javascript = {
    stamp: 'build/bench/javascript.sha256',
    inputs: ['scripts/bench', 'web/shared', 'web/lib', 'package-lock.json', ...ASSETS.slice(1)],
    outputs: [`${PAGE}/index.html`, `${PAGE}/bench.wasm`, NODE_CONTESTANTS],
  };
  if (built) fs.rmSync(fromRoot(javascript.stamp), { force: true });
  await refresh(javascript, async () => {
    await buildPage();
    await buildForNode();
  });
}
