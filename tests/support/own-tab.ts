/** A tab that can be hidden and frozen: pages that Playwright drives itself are always visible. */
import type { Browser, CDPSession } from '@playwright/test';
import { TargetSession } from '../../scripts/lib/target-session.mjs';

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

export class OwnTab implements AsyncDisposable {
  readonly #cdp: CDPSession;
  readonly #targetId: string;
  readonly #session: TargetSession;

  private constructor(cdp: CDPSession, targetId: string, session: TargetSession) {
    this.#cdp = cdp;
    this.#targetId = targetId;
    this.#session = session;
  }

  static async open(browser: Browser, url: string): Promise<OwnTab> {
    const cdp = await browser.newBrowserCDPSession();
    // Attached before it goes anywhere: a page that is only on its way answers nothing.
    const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
    const session = new TargetSession(cdp, sessionId);
    await session.send('Page.navigate', { url });
    return new OwnTab(cdp, targetId, session);
  }

  /** Another tab covers this one. */
  async hide(): Promise<void> {
    const { targetId } = await this.#cdp.send('Target.createTarget', { url: 'about:blank' });
    await this.#cdp.send('Target.activateTarget', { targetId });
  }

  /** In front again. */
  async show(): Promise<void> {
    await this.#cdp.send('Target.activateTarget', { targetId: this.#targetId });
  }

  /** Stops the hidden tab as a browser does that wants its memory, or lets it go on. */
  async freeze(frozen: boolean): Promise<void> {
    const state = frozen ? 'frozen' : 'active';
    await this.#session.send('Page.setWebLifecycleState', { state });
  }

  /** What an expression gives in the page, as from a click. */
  async evaluate(expression: string): Promise<unknown> {
    const options = { awaitPromise: true, returnByValue: true, userGesture: true };
    const evaluated = await this.#session.send('Runtime.evaluate', { expression, ...options });
    const { result, exceptionDetails } = evaluated as Evaluated;
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return result.value;
  }

  /** Presses the button of this test id. */
  async click(testId: string): Promise<void> {
    await this.evaluate(`document.querySelector('[data-testid=${testId}]').click()`);
  }

  /** The text of the element of this test id; empty while there is none. */
  async textOf(testId: string): Promise<string> {
    const expression = `document.querySelector('[data-testid=${testId}]')?.textContent ?? ''`;
    return String(await this.evaluate(expression));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cdp.send('Target.closeTarget', { targetId: this.#targetId });
    await this.#cdp.detach();
  }
}
