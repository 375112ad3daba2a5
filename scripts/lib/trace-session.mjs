// @ts-check
// A trace of any length: Chromium keeps it in its own buffer and hands it over in pieces at the end,
// each of which is read and let go.
import { TraceReader } from './audio-trace.mjs';

/** Of Chromium's buffer: a quantum's event takes some hundred bytes. */
const BUFFER_KB = 512 * 1024;

/** @typedef {import('./audio-trace.mjs').TraceEvent} TraceEvent */
/** @typedef {import('./audio-trace.mjs').AudioThreadTrace & { lost: boolean }} SessionTrace */

export class TraceSession {
  /** @readonly */
  #cdp;
  /** @readonly */
  #reader = new TraceReader();

  /** @param {import('@playwright/test').CDPSession} cdp of the whole browser */
  constructor(cdp) {
    this.#cdp = cdp;
    cdp.on('Tracing.dataCollected', ({ value }) => {
      for (const event of value) {
        // Playwright has all their fields as texts.
        this.#reader.add(/** @type {TraceEvent} */ (/** @type {unknown} */ (event)));
      }
    });
  }

  /**
   * @param {import('@playwright/test').Browser} browser
   * @param {readonly string[]} categories nothing else is traced
   */
  static async start(browser, categories) {
    const cdp = await browser.newBrowserCDPSession();
    const session = new TraceSession(cdp);
    await cdp.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: {
        recordMode: 'recordUntilFull',
        traceBufferSizeInKb: BUFFER_KB,
        includedCategories: ['-*', ...categories],
      },
    });
    return session;
  }

  /** @returns {Promise<SessionTrace>} `lost`: the buffer was too small, so some events are missing */
  async stop() {
    /** @type {Promise<boolean>} */
    const complete = new Promise((resolve) => {
      this.#cdp.once('Tracing.tracingComplete', ({ dataLossOccurred }) =>
        resolve(dataLossOccurred),
      );
    });
    await this.#cdp.send('Tracing.end');
    const lost = await complete;
    await this.#cdp.detach();
    return { ...this.#reader.audioThread, lost };
  }
}
