// @ts-check
// The JavaScript heap of the audio worklet, as its own isolate tells it to the developer tools. No
// debugger is switched on: two calls a run are all that the audio thread sees of this.

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
  /** @type {string | undefined} */
  #session;
  /** @type {Map<number, (usage: HeapUsage) => void>} @readonly */
  #asked = new Map();

  /** @param {import('@playwright/test').CDPSession} cdp of the page */
  constructor(cdp) {
    this.#cdp = cdp;
    cdp.on('Target.attachedToTarget', ({ targetInfo, sessionId }) => {
      if (targetInfo.type === 'worklet') this.#session = sessionId;
    });
    cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = /** @type {{ id: number, result: HeapUsage }} */ (JSON.parse(message));
      this.#asked.get(id)?.(result);
      this.#asked.delete(id);
    });
  }

  /**
   * @param {import('@playwright/test').Page} page whose worklet runs
   */
  static async attach(page) {
    const cdp = await page.context().newCDPSession(page);
    const heap = new WorkletHeap(cdp);
    await cdp.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      // One level: Playwright knows no sessions of others.
      flatten: false,
      filter: [{ type: 'worklet' }],
    });
    return heap;
  }

  /** @returns {Promise<HeapUsage | null>} null where the browser shows no worklet */
  async read() {
    if (this.#session === undefined) return null;
    const id = this.#asked.size + 1;
    /** @type {Promise<HeapUsage>} */
    const answered = new Promise((resolve) => this.#asked.set(id, resolve));
    const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' });
    await this.#cdp.send('Target.sendMessageToTarget', { sessionId: this.#session, message });
    return answered;
  }

  async detach() {
    await this.#cdp.detach();
  }
}
