import { type Analyzer, type Session, SessionError } from '../../lib/index.ts';
import { isMeasuring, type PageState } from './page-state.ts';
import { type TellRefusal, tellRefusal } from './parameter-link.ts';
import type { Store } from './store.ts';

/** The analyzer, or why the session has none. */
export function analyzerOf(session: Session): Analyzer | SessionError {
  try {
    return session.analyzer;
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
}

/**
 * Has the engine analyse what the views want, and nothing while none of them is shown: the analysis
 * about doubles what the audio thread has to do.
 */
export class AnalysisKeeper {
  readonly #store: Store<PageState>;
  readonly #holders = new Set<TellRefusal>();
  #session: Session | null = null;
  #inForce = '';
  #scheduled = false;

  constructor(store: Store<PageState>) {
    this.#store = store;
  }

  /** Analyses until the signal aborts. */
  hold(tell: TellRefusal, signal: AbortSignal): void {
    this.#holders.add(tell);
    signal.addEventListener('abort', () => {
      this.#holders.delete(tell);
      this.#schedule();
    });
    this.#store.watch(() => this.#schedule(), signal);
  }

  // From one view to the next the analysis goes on: the last one leaves before the next one comes.
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#follow();
    });
  }

  #follow(): void {
    const { state } = this.#store;
    const session = isMeasuring(state) ? state.session : null;
    if (session !== this.#session) this.#inForce = '';
    this.#session = session;
    const analyzer = session === null ? null : analyzerOf(session);
    if (analyzer !== null && !(analyzer instanceof SessionError)) void this.#configure(analyzer);
  }

  async #configure(analyzer: Analyzer): Promise<void> {
    const { analysisInput, analysisWindow } = this.#store.state.setup;
    const on = this.#holders.size > 0;
    const wanted = on ? `${analysisInput} ${analysisWindow}` : '';
    if (wanted === this.#inForce) return;
    this.#inForce = wanted;
    const input = analysisInput === 'mix' ? analysisInput : Number(analysisInput);
    try {
      await analyzer.configure(on ? { on, input, window: analysisWindow } : { on });
    } catch (error) {
      tellRefusal(error, (words) => {
        for (const tell of this.#holders) tell(words);
      });
    }
  }
}
