// @ts-check
// Which files a visitor's first quantum waits for. What the page asks for only because the audio runs
// is held back until then: so it is proven that the start does without it.
import { DistServer } from '../lib/dist-server.mjs';
import { SECURITY_HEADERS } from '../lib/headers.mjs';
import { sizeOf } from './sizes.mjs';

/** @typedef {import('./sizes.mjs').FileSize} FileSize */

/**
 * The engine's JavaScript form, for the case that the engine traps; and what keeps the page for the case
 * that there is no network.
 */
const LATER = /\/fallback-[^/]*\.js$|\/sw\.js$/;

export class FirstLoad {
  /** @readonly */
  #server;
  /** @type {Set<string>} @readonly */
  #first;
  /** @type {Set<string>} @readonly */
  #later;
  /** @readonly */
  #release;

  /**
   * @param {DistServer} server
   * @param {{ first: Set<string>, later: Set<string>, release: () => void }} parts
   */
  constructor(server, { first, later, release }) {
    this.#server = server;
    this.#first = first;
    this.#later = later;
    this.#release = release;
  }

  /** Serves the built page. */
  static async start() {
    /** @type {Set<string>} */
    const first = new Set();
    /** @type {Set<string>} */
    const later = new Set();
    let isRunning = false;
    /** @type {() => void} */
    let begin = () => undefined;
    /** @type {Promise<void>} */
    const running = new Promise((resolve) => (begin = resolve));
    const release = () => {
      isRunning = true;
      begin();
    };
    const server = await DistServer.start({
      headers: SECURITY_HEADERS,
      alter: async (asked, bytes) => {
        const waits = isRunning || LATER.test(asked);
        (waits ? later : first).add(asked);
        if (waits) await running;
        return bytes;
      },
    });
    return new FirstLoad(server, { first, later, release });
  }

  get url() {
    return this.#server.url;
  }

  /** The first quantum was seen: the rest may come. */
  release() {
    this.#release();
  }

  /** @returns {{ first: FileSize[], later: FileSize[] }} */
  get files() {
    return { first: [...this.#first].map(sizeOf), later: [...this.#later].map(sizeOf) };
  }

  async close() {
    await this.#server.close();
  }
}
