// @ts-check
// Contestants in a native process.
import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { fromRoot } from '../../lib/paths.mjs';
import { NATIVE_PROGRAM } from '../build.mjs';

/** @typedef {import('./host.mjs').Host} Host */

/**
 * A process that answers each line with one; see tests/native/bench/native_main.cpp.
 * @returns {Promise<Host>}
 */
export async function openNative() {
  const child = spawn(fromRoot(NATIVE_PROGRAM), ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {string} line */
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    /** @type {IteratorResult<string, undefined>} */
    const answer = await lines.next();
    if (answer.done !== true) return answer.value;
    throw new Error(`The native benchmarks ended at \`${line}\`.`);
  };
  return {
    version: await ask('compiler'),
    async check(code) {
      const answer = await ask(`check ${kernelOf(code).name}`);
      if (answer === 'unknown') return false;
      if (answer !== 'ok') throw new Error(`${code}: ${answer}`);
      return true;
    },
    async time(code, operations) {
      const { name, readers } = kernelOf(code);
      return Number(await ask(`time ${name} ${operations} ${readers}`));
    },
    async timeEach(code, operations) {
      const { name, readers } = kernelOf(code);
      return (await ask(`each ${name} ${operations} ${readers}`)).trim().split(' ').map(Number);
    },
    release: () => Promise.resolve(),
    close() {
      child.stdin.end();
      return Promise.resolve();
    },
  };
}

/**
 * `cpp:NAME`, or `cpp:NAME/N-readers`.
 * @param {string} code
 */
function kernelOf(code) {
  const [, name = '', readers = '0'] = /^cpp:(\w+)(?:\/(\d+)-readers)?$/.exec(code) ?? [];
  return { name, readers };
}
