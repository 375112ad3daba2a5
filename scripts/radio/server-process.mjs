// @ts-check
// A server that runs until it is told to end.
import { spawn } from 'node:child_process';
import { CommandError } from '../lib/run.mjs';

/** Neither server wants to be root; this account owns nothing. */
export const NOBODY = 65_534;
/** After this, a server that was asked to end is ended. */
const PATIENCE_MS = 5000;
/** Of its output, what is shown when it fails. */
const KEPT_CHARACTERS = 4000;

const isRoot = () => process.getuid?.() === 0;

/** The account that servers run as; none: this one. */
export const serverAccount = () => (isRoot() ? { uid: NOBODY, gid: NOBODY } : {});

export class ServerProcess {
  /** @readonly */
  #name;
  /** @readonly */
  #child;
  /**
   * @readonly
   * @type {Promise<void>}
   */
  #ended;
  #output = '';
  #running = true;

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {string} folder it may write here
   * @param {Record<string, string>} [env] added to the environment
   */
  constructor(command, args, folder, env = {}) {
    this.#name = command;
    this.#child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, HOME: folder, ...env },
      // Its own group: Ctrl+C reaches this program, which ends it in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...serverAccount(),
    });
    const keep = (/** @type {Buffer} */ text) => {
      this.#output = (this.#output + text.toString()).slice(-KEPT_CHARACTERS);
    };
    this.#child.stdout.on('data', keep);
    this.#child.stderr.on('data', keep);
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#running = false;
        resolve();
      };
      this.#child.once('error', (error) => {
        this.#output += error.message;
        end();
      });
      this.#child.once('exit', end);
    });
  }

  /** @throws {CommandError} It has ended by itself. */
  assertRunning() {
    if (this.#running) return;
    throw new CommandError(`${this.#name} did not stay up:\n${this.#output}`);
  }

  /** Resolves when it has ended. */
  get ended() {
    return this.#ended;
  }

  /** Asks it to end, waits, and ends it if it does not. */
  async stop() {
    if (!this.#running) return;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it as a power cut does. */
  async kill() {
    if (!this.#running) return;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
