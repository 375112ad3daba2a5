// @ts-check
// Where contestants run.
import { openChromium } from './chromium.mjs';
import { openNative } from './native.mjs';
import { openNode } from './node.mjs';

/** @typedef {import('../benchmark.mjs').HostName} HostName */

/**
 * @typedef {object} Host
 * @property {string} version
 * @property {(code: string) => Promise<boolean>} check false: it is not installed; throws where it
 *   computes something wrong
 * @property {(code: string, operations: number) => Promise<number>} time nanoseconds for all
 *   operations, after a check
 * @property {(code: string, operations: number) => Promise<number[]>} timeEach nanoseconds of each
 * @property {() => Promise<void>} release ends the contestants
 * @property {() => Promise<void>} close
 */

/** @type {Readonly<Record<HostName, () => Promise<Host>>>} */
const OPEN = { node: openNode, chromium: openChromium, native: openNative };

/** The hosts that were asked for, each opened once. */
export class Hosts {
  /** @type {Map<HostName, Promise<Host>>} @readonly */
  #open = new Map();

  /**
   * @param {HostName} name
   * @returns {Promise<Host>}
   */
  get(name) {
    const host = this.#open.get(name) ?? OPEN[name]();
    this.#open.set(name, host);
    return host;
  }

  /**
   * The version of a host that was opened.
   * @param {HostName} name
   */
  async version(name) {
    return (await this.#open.get(name))?.version;
  }

  async release() {
    for (const host of this.#open.values()) await (await host).release();
  }

  async close() {
    for (const host of this.#open.values()) await (await host).close();
  }
}
