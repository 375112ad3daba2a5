/** Holds the page's state; whoever watches is called at once and on each change. */
export class Store<State extends object> {
  readonly #target = new EventTarget();
  #state: State;

  constructor(initial: State) {
    this.#state = initial;
  }

  /** The state now; it never changes in place. */
  get state(): State {
    return this.#state;
  }

  /** Changes some of the state and tells the watchers. */
  update(patch: Partial<State>): void {
    this.#state = { ...this.#state, ...patch };
    this.#target.dispatchEvent(new Event('change'));
  }

  /** Calls the watcher now and on each change until the signal aborts. */
  watch(watcher: (state: State) => void, signal: AbortSignal): void {
    this.#target.addEventListener('change', () => watcher(this.#state), { signal });
    watcher(this.#state);
  }
}
