// @ts-check
// The engine without a browser, on files: `npm run quanta -- COMMAND`.
import { spawn } from 'node:child_process';
import { fromRoot } from './lib/paths.mjs';
import { main } from './quanta/main.mjs';

/** What a shell reports of a program that a signal ended: 128 and the signal's number. */
const EXIT_SIGNALS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });
const EXIT_BROKEN_PIPE = 141;

/**
 * In a process of its own, so that all it prints goes to stderr: stdout is the command's.
 * @param {readonly string[]} models of speech to text
 * @returns {Promise<boolean>} whether all is there
 */
function prepare(models) {
  const { stderr } = process;
  const script = fromRoot('scripts/quanta/prepare.mjs');
  const child = spawn(process.execPath, [script, ...models], { stdio: ['ignore', stderr, stderr] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

/** npm runs scripts in the top folder, and tells where it was called itself. */
function folder() {
  const { npm_lifecycle_event: script, INIT_CWD: calledIn } = process.env;
  return (script === 'quanta' ? calledIn : undefined) ?? process.cwd();
}

/** @type {number | undefined} */
let signalled;
const abort = new AbortController();
for (const [name, exitCode] of Object.entries(EXIT_SIGNALS)) {
  process.once(name, () => {
    signalled = exitCode;
    abort.abort();
  });
}

// Whoever reads the output may stop: `quanta meter *.wav | head -1`.
process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT_BROKEN_PIPE);
});

const exitCode = await main(process.argv.slice(2), {
  output: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
  folder: folder(),
  prepare,
  signal: abort.signal,
});
process.exitCode = signalled ?? exitCode;
