// @ts-check
// Orders to a target that Playwright does not drive itself: a worklet, a tab that may be hidden.

/** @typedef {import('@playwright/test').CDPSession} CDPSession */
/** @typedef {{ id: number, result?: unknown, error?: { message: string } }} Answer */

export class TargetSession {
  /** @readonly */
  #cdp;
  /** @readonly */
  #sessionId;
  /** @type {Map<number, (answer: Answer) => void>} @readonly */
  #asked = new Map();
  #last = 0;

  /**
   * @param {CDPSession} cdp that the target is attached to, without flattening: Playwright knows no
   *   sessions of others
   * @param {string} sessionId
   */
  constructor(cdp, sessionId) {
    this.#cdp = cdp;
    this.#sessionId = sessionId;
    cdp.on('Target.receivedMessageFromTarget', ({ message, sessionId: from }) => {
      if (from !== this.#sessionId) return;
      const answer = /** @type {Answer} */ (JSON.parse(message));
      this.#asked.get(answer.id)?.(answer);
      this.#asked.delete(answer.id);
    });
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<unknown>} its result
   */
  async send(method, params = {}) {
    this.#last += 1;
    const id = this.#last;
    /** @type {Promise<Answer>} */
    const answered = new Promise((resolve) => this.#asked.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.#cdp.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message });
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }
}
