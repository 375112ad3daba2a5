import type { FrameLoop } from '../draw/frame-loop.ts';
import type { Activity } from '../model/activity.ts';
import type { AnalysisKeeper } from '../model/analysis-keeper.ts';
import type { DeadlineFeed } from '../model/deadline-feed.ts';
import type { Controller } from '../model/controller.ts';
import type { PageState } from '../model/page-state.ts';
import type { Store } from '../model/store.ts';

/** What every view is made with. */
export interface Page {
  readonly store: Store<PageState>;
  readonly controller: Controller;
  readonly frames: FrameLoop;
  readonly analysis: AnalysisKeeper;
  readonly deadline: DeadlineFeed;
  /** What goes on whatever view is shown. */
  readonly activity: Store<Activity>;
}

/** A custom element that shows one part of the page. It lives in the light DOM, with the page's style. */
export abstract class View extends HTMLElement {
  protected readonly page: Page;
  #life = new AbortController();

  constructor(page: Page) {
    super();
    this.page = page;
  }

  /** Builds the content; listeners end with the signal, when the view leaves the page. */
  protected abstract mount(signal: AbortSignal): void;

  connectedCallback(): void {
    this.#life = new AbortController();
    this.mount(this.#life.signal);
  }

  disconnectedCallback(): void {
    this.#life.abort();
    this.replaceChildren();
  }
}
