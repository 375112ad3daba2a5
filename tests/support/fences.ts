/** Which room may see which. A room is a folder, or one file where that file has rights of its own. */
import path from 'node:path';

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])(?<specifier>[^'"]+)\1/g;
const INCLUDE = /^\s*#include "(?<specifier>[^"]+)"/gm;

/** C++ rooms, lowest first: each sees itself and the rooms before it. */
const CPP_ROOMS = ['shared', 'core', 'dsp', 'voice', 'engine', 'offline', 'abi'];

/** Parts of the composition root: they see every room, and the root sees them. */
const SESSION_PARTS = ['web/lib/session-guard.ts', 'web/lib/session-watch.ts'];
/** Files of `web/lib` itself that every room may use are all but these. */
const COMPOSITION = [
  ...SESSION_PARTS,
  'web/lib/session.ts',
  'web/lib/audio-capture.ts',
  'web/lib/index.ts',
];

/** Packages that a room, or a file beside the rooms, may use; nothing else may use any. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'web/lib/lame.ts': ['wasm-media-encoders'],
  'web/lib/player': ['mediabunny'],
  'web/lib/recorder': ['mediabunny', 'libflacjs'],
  'web/lib/streamer': ['mediabunny'],
  'web/lib/stt': ['onnxruntime-web'],
  'web/lib/vad': ['onnxruntime-web'],
};

/** The code that a file names; an address (`?worker&url`, a built asset) is no code. */
function codeImports(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)]
    .map((match) => match.groups?.['specifier'] ?? '')
    .filter((specifier) => !/[?&]url$|\.(wasm|bin|onnx)$/.test(specifier))
    .map((specifier) =>
      specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
    );
}

const isIn = (folder: string) => (target: string) => target.startsWith(`${folder}/`);
const isLibLeaf = (target: string) =>
  /^web\/lib\/[\w-]+\.ts$/.test(target) && !COMPOSITION.includes(target);

/** What a TypeScript file may import, by the place where it lies. */
function allowed(file: string, target: string): boolean {
  const room = /^web\/lib\/[\w-]+(?=\/)/.exec(file)?.[0];
  if (isIn('web/shared')(file)) return isIn('web/shared')(target);
  if (isIn('worklet')(file)) return ['worklet', 'web/shared', 'build/fallback'].some(sees(target));
  if (room !== undefined) {
    const rooms = [room, 'web/lib/bus', 'web/shared'];
    const packages = PACKAGES[room] ?? [];
    return rooms.some(sees(target)) || packages.some(names(target)) || isLibLeaf(target);
  }
  if (file === 'web/lib/index.ts') return ['web/lib', 'web/shared'].some(sees(target));
  if (file === 'web/lib/audio-capture.ts') {
    return ['web/lib', 'web/shared'].some(sees(target)) && target !== 'web/lib/index.ts';
  }
  if (SESSION_PARTS.includes(file)) {
    return ['web/lib', 'web/shared'].some(sees(target)) && !COMPOSITION.includes(target);
  }
  if (file === 'web/lib/session.ts') {
    const whole = COMPOSITION.includes(target) && !SESSION_PARTS.includes(target);
    return ['web/lib', 'web/shared'].some(sees(target)) && !whole;
  }
  if (isIn('web/lib')(file)) {
    const packages = PACKAGES[file] ?? [];
    return packages.some(names(target)) || isLibLeaf(target) || isIn('web/shared')(target);
  }
  if (isIn('web/offline')(file)) return isIn('web/offline')(target);
  if (isIn('web/app')(file)) return isIn('web/app')(target) || target === 'web/lib/index.ts';
  return false;
}

/** A package, or a file of it. */
const names = (target: string) => (name: string) => target === name || isIn(name)(target);
const sees = (target: string) => (folder: string) => isIn(folder)(target);

/** Imports of a TypeScript file that climb over a fence: `file -> target`. */
export function typescriptViolations(file: string, text: string): string[] {
  return codeImports(file, text)
    .filter((target) => !allowed(file, target))
    .map((target) => `${file} -> ${target}`);
}

/** Includes of a C++ file under `wasm/` that point upwards: `file -> target`. */
export function cppViolations(file: string, text: string): string[] {
  const rank = (name: string | undefined) => CPP_ROOMS.indexOf(name ?? '');
  const own = rank(file.split('/')[1]);
  return [...text.matchAll(INCLUDE)]
    .map((match) => match.groups?.['specifier'] ?? '')
    .filter((target) => {
      const seen = rank(target.split('/')[0]);
      return seen < 0 || seen > own;
    })
    .map((target) => `${file} -> ${target}`);
}
