import { type Analyzer, type Session, SessionError } from '../../lib/index.ts';
import { emptyCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { AnalysisFeed } from '../draw/analysis-feed.ts';
import { analyzerOf } from '../model/analysis-keeper.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

/** What a view says while there is nothing to analyse. */
export interface IdleWords {
  readonly testId: string;
  readonly title: string;
  readonly text: string;
}

/**
 * A view on the engine's analysis, which runs as long as such a view is shown. After Stop the last
 * picture stays; the next session begins a new one.
 */
export abstract class AnalysisView extends View {
  protected abstract readonly idle: IdleWords;
  #shown: Session | null = null;
  #feed: AnalysisFeed | null = null;

  /** Makes the panels of a session. */
  protected abstract makePanels(analyzer: Analyzer, feed: AnalysisFeed): readonly HTMLElement[];

  protected mount(signal: AbortSignal): void {
    this.#shown = null;
    this.#feed = null;
    const refusal = h('p', { class: 'refusal', role: 'alert', 'data-testid': 'refusal' });
    const content = h('div', { class: 'analysis' });
    this.append(refusal, content);
    content.append(this.#makeIdle());
    this.page.analysis.hold((words) => setText(refusal, words), signal);
    // First of all painters, so that the panels find the newest window.
    this.page.frames.add(({ session }) => {
      if (session === this.#shown) this.#feed?.poll();
    }, signal);
    this.page.store.watch((state) => {
      const session = isMeasuring(state) ? state.session : null;
      content.classList.toggle('stale', session === null);
      if (session === null || session === this.#shown) return;
      this.#shown = session;
      content.replaceChildren(...this.#makeContent(session));
    }, signal);
  }

  #makeContent(session: Session): readonly HTMLElement[] {
    const analyzer = analyzerOf(session);
    if (analyzer instanceof SessionError) {
      this.#feed = null;
      const words = `${analyzer.message} ${analyzer.remedy}`;
      return [emptyCard(this.idle.testId, 'There is no analysis in this session', words)];
    }
    this.#feed = new AnalysisFeed(analyzer);
    return this.makePanels(analyzer, this.#feed);
  }

  #makeIdle(): HTMLElement {
    const { testId, title, text } = this.idle;
    const words = globalThis.crossOriginIsolated
      ? text
      : 'It needs memory that the page shares with the audio thread, which this page has not: see the notice above.';
    return emptyCard(testId, title, words);
  }
}
