// @ts-check
// Runs tools so that something is always seen: their own output, and a dot when they are silent.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

const SILENCE_MS = 1500;
/** The longest output, a text of wasm2js, is a megabyte. */
const OUTPUT_BYTES = 64 * 1024 * 1024;

/** What a shell reports. */
const EXIT_NOT_FOUND = 127;
const EXIT_SIGNAL = 128;

/** An expected failure: the message says what to do, so no stack is shown. */
export class CommandError extends Error {
  /** @override */
  name = 'CommandError';
}

/** Prints dots while nothing else is printed, and ends the line of dots before the next output. */
class Ticker {
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #dots = false;

  restart() {
    this.stop();
    this.#timer = setInterval(() => {
      process.stdout.write('.');
      this.#dots = true;
    }, SILENCE_MS);
  }

  stop() {
    clearInterval(this.#timer);
    if (this.#dots) process.stdout.write('\n');
    this.#dots = false;
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the repository
 * @property {Record<string, string | undefined>} [env] added to the environment
 */

/**
 * Runs a command, forwards its output and waits for its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} the exit code; 127 when the command does not exist, 128 on a signal
 */
export function exitCodeOf(command, args, options = {}) {
  const ticker = new Ticker();
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ticker.restart();
  forward(child.stdout, process.stdout, ticker);
  forward(child.stderr, process.stderr, ticker);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      ticker.stop();
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(EXIT_NOT_FOUND);
    });
    child.on('close', (code) => {
      ticker.stop();
      resolve(code ?? EXIT_SIGNAL);
    });
  });
}

/**
 * @param {import('node:stream').Readable} from
 * @param {import('node:stream').Writable} to
 * @param {Ticker} ticker
 */
function forward(from, to, ticker) {
  from.on('data', (/** @type {Buffer} */ chunk) => {
    ticker.restart();
    to.write(chunk);
  });
}

/**
 * Runs a command that has to succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options) {
  const code = await exitCodeOf(command, args, options);
  if (code !== 0) {
    throw new CommandError(`\`${[command, ...args].join(' ')}\` failed with exit code ${code}.`);
  }
}

/**
 * The output of a quick command that has to succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string}
 */
export function outputOf(command, args) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: OUTPUT_BYTES });
  if (result.status === 0) return result.stdout;
  const reason = result.error?.message ?? result.stderr;
  throw new CommandError(`\`${[command, ...args].join(' ')}\` failed: ${reason}`);
}

/**
 * Runs a script's main function; an expected failure prints its message alone and exits with 1.
 * @param {() => Promise<void> | void} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
