// @ts-check
// The tools that are not npm packages: what each is for, how it is found, what brings it.
import fs from 'node:fs';
import { systemChromium } from './chromium.mjs';
import { NATIVE_COMPILERS } from './layout-generator.mjs';
import { commandExists } from './paths.mjs';
import { SPEECH_FOLDERS } from './speech-folders.mjs';

export { SPEECH_FOLDERS };

/** What a setup is for; each purpose needs what the ones before it need. */
export const PURPOSES = /** @type {const} */ (['start', 'check', 'test', 'bench']);

/** @typedef {(typeof PURPOSES)[number]} Purpose */

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} why what it does here
 * @property {Purpose} purpose the first purpose that needs it
 * @property {() => boolean} isPresent
 * @property {readonly string[]} apt Debian packages
 * @property {readonly string[]} brew Homebrew formulas
 * @property {string} [without] what is lost without it; a tool without this field is required
 */

const INCLUDE_FOLDERS = ['/usr/include', '/usr/local/include', '/opt/homebrew/include'];
const RTSAN_FOLDERS = ['/usr/lib/llvm-22/lib/clang/22/include/sanitizer'];

/** What is said in the prompts. */
export const TRANSCRIPTS = '/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz';
const WITHOUT_SPEECH = 'voice detection is not compared with its reference';

/** @param {readonly string[]} commands */
const anyCommand = (...commands) => commands.some(commandExists);

/**
 * @param {readonly string[]} folders
 * @param {string} file
 */
const anyFile = (folders, file) => folders.some((folder) => fs.existsSync(`${folder}/${file}`));

/** @type {readonly Tool[]} */
export const TOOLS = [
  {
    name: 'Emscripten',
    why: 'compiles the engine to WebAssembly',
    purpose: 'start',
    isPresent: () => anyCommand('em++'),
    apt: ['emscripten'],
    brew: ['emscripten'],
  },
  {
    name: 'Binaryen',
    why: 'translates the engine to JavaScript, for hosts without WebAssembly',
    purpose: 'start',
    isPresent: () => anyCommand('wasm2js'),
    apt: ['binaryen'],
    brew: ['binaryen'],
  },
  {
    name: 'CMake',
    why: "knows the engine's sources and flags",
    purpose: 'start',
    isPresent: () => anyCommand('cmake'),
    apt: ['cmake'],
    brew: ['cmake'],
  },
  {
    name: 'Ninja',
    why: 'runs the compilers',
    purpose: 'start',
    isPresent: () => anyCommand('ninja'),
    apt: ['ninja-build'],
    brew: ['ninja'],
  },
  {
    name: 'a native C++ compiler',
    why: 'builds the layout generator and the native tests',
    purpose: 'start',
    isPresent: () => anyCommand(...NATIVE_COMPILERS),
    apt: ['g++'],
    brew: ['gcc'],
  },
  {
    name: 'clang-format',
    why: "checks the engine's formatting",
    purpose: 'check',
    isPresent: () => anyCommand('clang-format'),
    apt: ['clang-format'],
    brew: ['clang-format'],
  },
  {
    name: 'clang-tidy-22',
    why: 'lints the engine',
    purpose: 'check',
    isPresent: () => anyCommand('clang-tidy-22'),
    apt: ['clang-tidy-22'],
    brew: [],
    without: 'the engine is not linted',
  },
  {
    name: 'GoogleTest',
    why: 'runs the native tests',
    purpose: 'test',
    isPresent: () => anyFile(INCLUDE_FOLDERS, 'gtest/gtest.h'),
    apt: ['libgtest-dev'],
    brew: ['googletest'],
  },
  {
    name: 'spin',
    why: 'checks models of the lock-free rings',
    purpose: 'test',
    isPresent: () => anyCommand('spin'),
    apt: ['spin'],
    brew: ['spin'],
  },
  {
    name: 'Chromium',
    why: 'runs the browser tests',
    purpose: 'test',
    isPresent: () => fs.existsSync(systemChromium() ?? process.execPath),
    apt: ['chromium'],
    brew: [],
  },
  {
    name: 'clang-22',
    why: 'proves that hot code neither allocates nor locks',
    purpose: 'test',
    isPresent: () => anyCommand('clang++-22') && anyFile(RTSAN_FOLDERS, 'rtsan_interface.h'),
    apt: ['clang-22', 'libclang-rt-22-dev'],
    brew: [],
    without: 'the real-time checks are skipped',
  },
  {
    name: 'FFmpeg',
    why: 'decodes the speech that voice detection is tested with',
    purpose: 'test',
    isPresent: () => anyCommand('ffmpeg'),
    apt: ['ffmpeg'],
    brew: ['ffmpeg'],
    without: WITHOUT_SPEECH,
  },
  {
    name: 'spoken prompts, spoken words and music',
    why: 'is what voice detection is tested with',
    purpose: 'test',
    isPresent: () => Object.values(SPEECH_FOLDERS).every((folder) => fs.existsSync(folder)),
    apt: ['asterisk-core-sounds-en-g722', 'asterisk-moh-opsound-g722', 'alsa-utils'],
    brew: [],
    without: WITHOUT_SPEECH,
  },
  {
    name: 'eSpeak NG',
    why: 'speaks what voice detection is tested with',
    purpose: 'test',
    isPresent: () => anyCommand('espeak-ng'),
    apt: ['espeak-ng'],
    brew: ['espeak-ng'],
    without: WITHOUT_SPEECH,
  },
  {
    name: 'Icecast and Liquidsoap',
    why: 'is the radio that a broadcast is tested with',
    purpose: 'test',
    isPresent: () => commandExists('icecast2') && commandExists('liquidsoap'),
    apt: ['icecast2', 'liquidsoap'],
    brew: [],
    without: 'broadcasts are not tested with real servers',
  },
  {
    name: 'transcripts of the spoken prompts',
    why: 'is what transcripts are compared with',
    purpose: 'bench',
    isPresent: () => fs.existsSync(TRANSCRIPTS),
    apt: ['asterisk-core-sounds-en'],
    brew: [],
    without: 'the word error rate is measured on fewer recordings',
  },
  {
    name: 'Boost.Lockfree',
    why: 'is a peer of the rings in the benchmarks',
    purpose: 'bench',
    isPresent: () => anyFile(INCLUDE_FOLDERS, 'boost/lockfree/spsc_queue.hpp'),
    apt: ['libboost-dev'],
    brew: ['boost'],
    without: 'the rings are not compared with it',
  },
  {
    name: 'readerwriterqueue',
    why: 'is a peer of the rings in the benchmarks',
    purpose: 'bench',
    isPresent: () => anyFile(INCLUDE_FOLDERS, 'readerwriterqueue/readerwriterqueue.h'),
    apt: ['libreaderwriterqueue-dev'],
    brew: [],
    without: 'the rings are not compared with it',
  },
  {
    name: 'FFTW',
    why: 'is a peer of the Fourier transform in the benchmarks',
    purpose: 'bench',
    isPresent: () => anyFile(INCLUDE_FOLDERS, 'fftw3.h'),
    apt: ['libfftw3-dev'],
    brew: ['fftw'],
    without: 'the Fourier transform is not compared with it',
  },
];

/**
 * @param {Purpose} purpose
 * @returns {Tool[]} the missing tools
 */
export function missingTools(purpose) {
  const reached = new Set(PURPOSES.slice(0, PURPOSES.indexOf(purpose) + 1));
  return TOOLS.filter((tool) => reached.has(tool.purpose) && !tool.isPresent());
}
