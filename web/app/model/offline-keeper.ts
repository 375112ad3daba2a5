import type { OfflineState } from './offline-words.ts';
import { registerServiceWorker } from './own-worker.ts';
import type { PageState } from './page-state.ts';
import type { Store } from './store.ts';

/** Beside the page, as the build names it. */
const workerFile = 'sw.js';

/** Has the browser keep the page's files, and takes newer ones where that disturbs nothing. */
export class OfflineKeeper {
  readonly #store: Store<PageState>;

  constructor(store: Store<PageState>) {
    this.#store = store;
  }

  /** Never rejects: what fails is told in the state. */
  async keep(signal: AbortSignal): Promise<void> {
    const hindrance = findHindrance();
    try {
      if (hindrance === 'not isolated') await forget();
      if (hindrance === null) await this.#keep(signal);
      else this.#tell({ detail: hindrance });
    } catch (error) {
      this.#tell({ kept: 'failed', detail: error instanceof Error ? error.message : '' });
    }
  }

  /** Ends what runs and loads the new version, unless another tab runs the old one. */
  async loadNewVersion(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.waiting !== null && registration?.waiting !== undefined) {
      await this.#take(registration.waiting);
    }
  }

  async #keep(signal: AbortSignal): Promise<void> {
    await this.#takeWaiting();
    await loaded(signal);
    const registration = await registerServiceWorker(new URL(workerFile, document.baseURI).href);
    if (registration === undefined) this.#tell({ detail: 'switched off from outside' });
    else this.#follow(registration, signal);
  }

  // Before anything of the old version runs.
  async #takeWaiting(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration();
    const waiting = registration?.waiting ?? null;
    if (waiting === null || this.#store.state.phase !== 'ready') return;
    await this.#take(waiting);
  }

  async #take(waiting: ServiceWorker): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated') location.reload();
    });
    waiting.postMessage('take-over', [port2]);
    this.#tell({ newVersion: (await promise) ? 'ready' : 'others' });
  }

  #follow(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
    const look = (): void => this.#look(registration);
    registration.addEventListener(
      'updatefound',
      () => {
        registration.installing?.addEventListener('statechange', look, { signal });
        look();
      },
      { signal },
    );
    registration.installing?.addEventListener('statechange', look, { signal });
    look();
  }

  #look({ installing, waiting, active }: ServiceWorkerRegistration): void {
    const { kept, newVersion } = this.#store.state.offline;
    if (active !== null) this.#tell({ kept: 'kept' });
    else if (installing !== null || waiting !== null) this.#tell({ kept: 'coming' });
    else if (kept === 'coming') this.#tell({ kept: 'failed' });
    if (active !== null && waiting !== null && newVersion === 'none') {
      this.#tell({ newVersion: 'ready' });
    }
  }

  #tell(patch: Partial<OfflineState>): void {
    this.#store.update({ offline: { ...this.#store.state.offline, ...patch } });
  }
}

/** Why the page cannot be kept; null if it can. */
function findHindrance(): string | null {
  if (!import.meta.env.PROD) return 'this is a development server';
  if (!('serviceWorker' in navigator)) return 'this browser keeps no pages';
  // A kept page keeps its headers: it would stay as it is when the server's headers are mended.
  return globalThis.crossOriginIsolated ? null : 'not isolated';
}

async function forget(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await (await navigator.serviceWorker.getRegistration())?.unregister();
}

/** What the page itself waits for comes first. */
function loaded(signal: AbortSignal): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  addEventListener('load', () => resolve(), { once: true, signal });
  return promise;
}
