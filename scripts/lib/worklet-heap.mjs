// @ts-check
// The JavaScript heap of the audio worklet, as its own isolate tells it to the developer tools. No
// debugger is switched on: a question now and then is all that the audio thread sees of this.
import { TargetSession } from './target-session.mjs';

/**
 * What the audio worklet's isolate holds, in bytes.
 * @typedef {object} HeapUsage
 * @property {number} usedSize
 * @property {number} totalSize
 * @property {number} backingStorageSize of array buffers
 */

export class WorkletHeap {
  /** @readonly */
  #cdp;
  /** @type {TargetSession | undefined} */
  #worklet;

  /** @param {import('@playwright/test').CDPSession} cdp of the page */
  constructor(cdp) {
    this.#cdp = cdp;
    cdp.on('Target.attachedToTarget', ({ targetInfo, sessionId }) => {
      if (targetInfo.type === 'worklet') this.#worklet = new TargetSession(cdp, sessionId);
    });
  }

  /** @param {import('@playwright/test').Page} page whose worklet runs */
  static async attach(page) {
    const cdp = await page.context().newCDPSession(page);
    const heap = new WorkletHeap(cdp);
    await cdp.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
      filter: [{ type: 'worklet' }],
    });
    return heap;
  }

  /** @returns {Promise<HeapUsage | null>} null where the browser shows no worklet */
  async read() {
    if (this.#worklet === undefined) return null;
    return /** @type {Promise<HeapUsage>} */ (this.#worklet.send('Runtime.getHeapUsage'));
  }

  async detach() {
    await this.#cdp.detach();
  }
}
