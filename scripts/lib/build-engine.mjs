// @ts-check
// Builds the engine: its modules by Emscripten, and the JavaScript fallback by wasm2js.
import fs from 'node:fs';
import { offlineConstants } from '../quanta/offline.gen.mjs';
import { assertEngineModule, layoutConstant } from './engine-module.mjs';
import { FALLBACK_TYPES, fallbackModule } from './fallback-module.mjs';
import { refresh } from './freshness.mjs';
import { assertFresh } from './generated-files.mjs';
import { generateLayout } from './layout-generator.mjs';
import { fromRoot } from './paths.mjs';
import { outputOf, run } from './run.mjs';
import { vadConstants } from './vad-file.gen.mjs';
import { buildVadWeights } from './vad-weights.mjs';

const BUILD = 'build/wasm';
const FALLBACK = 'build/fallback/engine-fallback';
const PAGE_BYTES = 65536;

/** The modules that CMake links; a published one is copied to `public/`. */
export const ENGINE_MODULES = /** @type {const} */ ([
  { name: 'engine', file: 'public/engine.wasm', shared: true },
  { name: 'engine-unshared', file: 'public/engine-unshared.wasm', shared: false },
  { name: 'engine-scalar', file: `${BUILD}/engine-scalar.wasm`, shared: true },
]);

/** The engine's classes on files, for Node; the page measures delays with it. */
export const OFFLINE_MODULE = {
  name: 'offline',
  file: 'public/offline.wasm',
  shared: false,
  pages: offlineConstants.offlineMemoryPages,
};

/** The voice detector alone, for Workers and for Node. */
export const VAD_MODULE = {
  name: 'vad',
  file: 'public/vad.wasm',
  shared: false,
  pages: vadConstants.vadMemoryPages,
};

/** What is published besides the engine. */
const OTHER_MODULES = [OFFLINE_MODULE, VAD_MODULE];

/** Transforms for tests, with SIMD and without. */
export const DIGEST_MODULES = /** @type {const} */ ([
  `${BUILD}/digest.wasm`,
  `${BUILD}/digest-scalar.wasm`,
]);
export const DIGEST_PAGES = 32;

const SOURCES = [
  ...['wasm', 'tests/native/digest', 'tests/native/support', 'CMakeLists.txt'],
  'node_modules/kissfft-js/src',
];

/** What decides the result besides the sources and the tools. */
const RECIPES = ['build-engine', 'engine-module', 'fallback-module'].map(
  (name) => `scripts/lib/${name}.mjs`,
);

export const FALLBACK_FILE = `${FALLBACK}.js`;

async function compile() {
  const configure = ['cmake', '-G', 'Ninja', '-S', '.', '-B', BUILD, '-DCMAKE_BUILD_TYPE=Release'];
  await run('emcmake', configure);
  await run('ninja', ['-C', BUILD]);
}

async function publish() {
  fs.mkdirSync(fromRoot('public'), { recursive: true });
  for (const module of [...ENGINE_MODULES, ...OTHER_MODULES]) {
    const linked = `${BUILD}/${module.name}.wasm`;
    await assertEngineModule({ ...module, file: linked });
    if (module.file !== linked) fs.copyFileSync(fromRoot(linked), fromRoot(module.file));
  }
}

function writeFallback() {
  const text = outputOf('wasm2js', ['-O2', '--all-features', `${BUILD}/engine-scalar.wasm`]);
  const module = fallbackModule(text, {
    arenaBase: layoutConstant('arenaBase'),
    memoryBytes: layoutConstant('memoryPages') * PAGE_BYTES,
  });
  fs.mkdirSync(fromRoot('build/fallback'), { recursive: true });
  fs.writeFileSync(fromRoot(FALLBACK_FILE), module);
  fs.writeFileSync(fromRoot(`${FALLBACK}.d.ts`), FALLBACK_TYPES);
}

/** Builds the modules that are not fresh. */
function buildModules() {
  const step = {
    stamp: `${BUILD}/inputs.sha256`,
    inputs: [...SOURCES, ...RECIPES],
    versions: [outputOf('em++', ['--version']), outputOf('wasm2js', ['--version'])],
    outputs: [
      ...[...ENGINE_MODULES, ...OTHER_MODULES].map(({ file }) => file),
      ...[FALLBACK_FILE, `${FALLBACK}.d.ts`, ...DIGEST_MODULES],
    ],
  };
  return refresh(step, async () => {
    await assertFresh(generateLayout);
    await compile();
    await publish();
    writeFallback();
  });
}

/**
 * Builds what is not fresh: the modules, and the weights of the voice detector.
 * @returns {Promise<boolean>} whether anything was built
 */
export async function buildEngine() {
  const modules = await buildModules();
  const weights = await buildVadWeights();
  return modules || weights;
}
