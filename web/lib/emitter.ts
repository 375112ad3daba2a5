/** A typed EventTarget: each event carries one detail. */
export class Emitter<Events extends object> {
  readonly #target = new EventTarget();

  /**
   * Calls the listener on each event until the signal aborts.
   *
   * @returns A function that removes the listener.
   */
  on<Name extends keyof Events & string>(
    name: Name,
    listener: (detail: Events[Name]) => void,
    options: { readonly signal?: AbortSignal } = {},
  ): () => void {
    const handler = (event: Event): void => listener((event as CustomEvent<Events[Name]>).detail);
    this.#target.addEventListener(name, handler, options);
    return () => this.#target.removeEventListener(name, handler);
  }

  /** For the owner: tells every listener. */
  protected emit<Name extends keyof Events & string>(name: Name, detail: Events[Name]): void {
    this.#target.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
