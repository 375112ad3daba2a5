// @ts-check
// The chain behind the page on this machine: Liquidsoap takes the studio's stream and feeds an Icecast
// master, two Icecast relays carry it on to listeners.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commandExists } from '../lib/paths.mjs';
import { CommandError } from '../lib/run.mjs';
import { icecastConfig } from './icecast-config.mjs';
import { liquidsoapEnvironment, liquidsoapScript } from './liquidsoap-script.mjs';
import { NOBODY, ServerProcess, serverAccount } from './server-process.mjs';

/** @typedef {import('./icecast-config.mjs').Passwords} Passwords */
/** @typedef {import('../lib/webcast-proxy.mjs').RadioPorts} RadioPorts */

/** @typedef {'master' | 'relay1' | 'relay2' | 'liquidsoap'} ServerName */

/**
 * @typedef {object} ChainOptions
 * @property {RadioPorts} ports
 * @property {number} [bufferSec] of the studio's stream, in Liquidsoap
 */

const BUFFER_SEC = 0.5;
const START_MS = 60_000;
const LOOK_MS = 100;
const PASSWORD_BYTES = 12;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** Whether both servers are installed. */
export const canServeRadio = () => commandExists('icecast2') && commandExists('liquidsoap');

const password = () => randomBytes(PASSWORD_BYTES).toString('hex');

/** @returns {Passwords} */
const newPasswords = () => ({
  studio: password(),
  source: password(),
  relay: password(),
  admin: password(),
});

/** A folder that only the servers' account reads: their files hold the passwords. */
function serverFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanta-radio-'));
  fs.chmodSync(folder, PRIVATE_FOLDER);
  if ('uid' in serverAccount()) fs.chownSync(folder, NOBODY, NOBODY);
  return folder;
}

export class RadioChain {
  /** @readonly */
  ports;
  /** @readonly */
  passwords = newPasswords();
  /** @readonly */
  #folder = serverFolder();
  /** @readonly */
  #bufferSec;
  /**
   * @readonly
   * @type {Map<ServerName, ServerProcess>}
   */
  #servers = new Map();

  /** @param {ChainOptions} options */
  constructor({ ports, bufferSec = BUFFER_SEC }) {
    this.ports = ports;
    this.#bufferSec = bufferSec;
  }

  /**
   * Starts all servers and waits until a listener would be answered at both relays.
   * @param {ChainOptions} options
   * @throws {CommandError}
   */
  static async start(options) {
    const chain = new RadioChain(options);
    try {
      for (const name of /** @type {const} */ (['master', 'relay1', 'relay2']))
        chain.#icecast(name);
      await chain.#statusOf('master', () => true);
      await chain.startLiquidsoap();
      return chain;
    } catch (error) {
      await chain.close();
      throw error;
    }
  }

  /** Starts Liquidsoap, and waits for what it sends to be at the relays. */
  async startLiquidsoap() {
    const { studio: harborPort, master: icecastPort } = this.ports;
    const plan = { harborPort, icecastPort, bufferSec: this.#bufferSec };
    const file = this.#write('radio.liq', liquidsoapScript(plan));
    const env = liquidsoapEnvironment(this.passwords);
    this.#servers.set('liquidsoap', new ServerProcess('liquidsoap', [file], this.#folder, env));
    for (const name of /** @type {const} */ (['master', 'relay1', 'relay2'])) {
      await this.#statusOf(name, (mounts) => mounts.includes('/radio.opus'));
    }
  }

  /**
   * Ends a server as a power cut does.
   * @param {ServerName} name
   */
  async kill(name) {
    await this.#servers.get(name)?.kill();
  }

  /**
   * Mounts that a server lists now.
   * @param {Exclude<ServerName, 'liquidsoap'>} name
   * @returns {Promise<readonly string[] | null>} null: it does not answer
   */
  async mounts(name) {
    const response = await fetch(this.urlOf(name, '/status-json.xsl')).catch(() => null);
    if (response === null || !response.ok) return null;
    return mountsIn(await response.text());
  }

  /**
   * @param {Exclude<ServerName, 'liquidsoap'>} name
   * @param {string} mount
   */
  urlOf(name, mount) {
    return `http://127.0.0.1:${this.ports[name]}${mount}`;
  }

  /** Resolves when one of the servers has ended. */
  async anyEnded() {
    await Promise.race([...this.#servers.values()].map(({ ended }) => ended));
  }

  /** Ends all servers and deletes their files. */
  async close() {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  /** @param {Exclude<ServerName, 'liquidsoap'>} name */
  #icecast(name) {
    const { ports, passwords } = this;
    const relayed = name === 'master' ? {} : { masterPort: ports.master };
    const plan = { port: ports[name], folder: this.#folder, passwords, ...relayed };
    const file = this.#write(`${name}.xml`, icecastConfig(plan));
    this.#servers.set(name, new ServerProcess('icecast2', ['-c', file], this.#folder));
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    const file = path.join(this.#folder, name);
    fs.writeFileSync(file, text, { mode: PRIVATE_FILE });
    if ('uid' in serverAccount()) fs.chownSync(file, NOBODY, NOBODY);
    return file;
  }

  /**
   * Waits until a server's list of mounts is as wanted.
   * @param {Exclude<ServerName, 'liquidsoap'>} name
   * @param {(mounts: readonly string[]) => boolean} isWanted
   */
  async #statusOf(name, isWanted) {
    const endMs = performance.now() + START_MS;
    while (performance.now() < endMs) {
      for (const server of this.#servers.values()) server.assertRunning();
      const mounts = await this.mounts(name);
      if (mounts !== null && isWanted(mounts)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    throw new CommandError(`The Icecast ${name} did not get ready in ${START_MS / 1000} s.`);
  }
}

/**
 * Icecast 2.4 without a source answers what is no JSON, so only the addresses are looked for.
 * @param {string} status
 * @returns {readonly string[]}
 */
const mountsIn = (status) =>
  [...status.matchAll(/"listenurl":\s*"(?<url>[^"\\]+)"/g)].map(
    ({ groups }) => new URL(groups?.['url'] ?? '').pathname,
  );
