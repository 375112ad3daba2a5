// @ts-check
// The engine built natively, fed with a recording.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { refresh } from '../../lib/freshness.mjs';
import { fromRoot } from '../../lib/paths.mjs';
import { outputOf, run } from '../../lib/run.mjs';

/** @typedef {import('./wasm-replay.ts').Outcome} Outcome */

const BUILD = 'build/replay';
const PROGRAM = `${BUILD}/replay_native`;
const OK = 0;

/** Builds the program where it is not fresh. */
export async function buildNative() {
  const step = {
    stamp: `${BUILD}/inputs.sha256`,
    inputs: ['wasm', 'tests/native/native.cmake', 'CMakeLists.txt', 'node_modules/kissfft-js/src'],
    versions: [outputOf('c++', ['--version'])],
    outputs: [PROGRAM],
  };
  await refresh(step, async () => {
    const defines = ['-DCMAKE_BUILD_TYPE=Release'];
    await run('cmake', ['-G', 'Ninja', '-S', '.', '-B', BUILD, ...defines]);
    await run('ninja', ['-C', BUILD, 'replay_native']);
  });
}

/**
 * @param {number} rateHz
 * @param {readonly { fromCheckpoint: boolean, log: Uint32Array }[]} segments
 * @param {{ resultWords: number, stages: number }} shape of an outcome
 * @returns {Promise<Outcome[]>}
 */
export async function runNative(rateHz, segments, { resultWords, stages }) {
  const child = spawn(fromRoot(PROGRAM), { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  const write = (/** @type {Uint32Array} */ words) =>
    child.stdin.write(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  write(Uint32Array.of(rateHz));
  for (const { fromCheckpoint, log } of segments) {
    write(Uint32Array.of(fromCheckpoint ? 1 : 0, log.length));
    write(log);
  }
  child.stdin.end();
  await ended;
  if (child.exitCode !== 0) throw new Error(`The native replay ended with ${child.exitCode}.`);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  return outcomesOf(new Uint32Array(bytes.buffer), resultWords, stages);
}

/**
 * @param {Uint32Array} words
 * @param {number} resultWords
 * @param {number} stages
 */
function outcomesOf(words, resultWords, stages) {
  const length = 1 + resultWords + stages;
  return Array.from({ length: words.length / length }, (_, i) => {
    const [status = OK, ...rest] = words.subarray(i * length, (i + 1) * length);
    return {
      failure: status === OK ? '' : `status ${status}`,
      result: Uint32Array.from(rest.slice(0, resultWords)),
      stageNs: rest.slice(resultWords),
    };
  });
}
