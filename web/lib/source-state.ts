import { SessionError } from './errors.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Moves a session's state as its sources come and go, and as the audio clock stops and runs. */
export class SourceState {
  readonly #lifecycle: Lifecycle;
  readonly #context: BaseAudioContext;
  readonly #openSources: () => number;

  /** @param openSources How many there are now. */
  constructor(lifecycle: Lifecycle, context: BaseAudioContext, openSources: () => number) {
    this.#lifecycle = lifecycle;
    this.#context = context;
    this.#openSources = openSources;
  }

  /** A source is being opened. With other sources open, the session goes on as it is. */
  expect(): void {
    const { state } = this.#lifecycle.status;
    if (state === 'idle' || state === 'failed' || this.#openSources() === 0) {
      if (state !== 'starting') this.#lifecycle.enter('starting', 'source-requested');
    }
  }

  /** A source is gone, or did not come: idle without any. */
  leave(reason: 'source-closed' | 'source-ended' | 'source-refused', error?: Error): void {
    if (this.#openSources() === 0) this.#lifecycle.enter('idle', reason, error);
  }

  /**
   * A source is open: running once the clock does. The browser may keep it back until the person
   * touches the page.
   */
  async settle(resumed: Promise<void>): Promise<void> {
    try {
      await resumed;
      this.#lifecycle.enter('running', 'source-open');
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      this.#lifecycle.enter('suspended', 'needs-gesture', error);
    }
  }

  /** The browser stopped the audio clock, or let it go on. */
  followContext(): void {
    const { state } = this.#lifecycle.status;
    if (this.#context.state === 'running') {
      if (state === 'suspended' && this.#openSources() > 0) {
        this.#lifecycle.enter('running', 'resumed');
      }
    } else if (state === 'running') {
      this.#lifecycle.enter('suspended', 'interrupted');
    }
  }
}
