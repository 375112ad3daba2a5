import type { BuiltFile, Edition } from './edition.ts';

const cacheName = 'quanta-files';

/**
 * The files of one edition in the browser's cache. Each is held under its content, so that editions
 * share what did not change, and none is ever given another one's.
 */
export class FileStore {
  readonly #headers: string;
  /** By address, without a query. */
  readonly #files: ReadonlyMap<string, BuiltFile>;

  /** @param scope The page's address. */
  constructor({ headers, files }: Edition, scope: string) {
    this.#headers = headers;
    this.#files = new Map(files.map((file) => [new URL(file.path, scope).href, file]));
  }

  /** Fetches what is missing. Rejects when a file does not come, or belongs to another edition. */
  async fill(): Promise<void> {
    const cache = await caches.open(cacheName);
    // One after the other: nobody waits for them, and the page may be starting its audio.
    for (const [url, { integrity, keep }] of this.#files) {
      if (keep === 'used' || (await cache.match(this.#key(url, integrity))) !== undefined) continue;
      const response = await fetch(url, { integrity, cache: 'no-cache', redirect: 'error' });
      if (!response.ok) throw new Error(`${url} came with status ${response.status}.`);
      await cache.put(this.#key(url, integrity), response);
    }
  }

  /** Drops what is of other editions only. */
  async prune(): Promise<void> {
    const cache = await caches.open(cacheName);
    const own = new Set([...this.#files].map(([url, { integrity }]) => this.#key(url, integrity)));
    for (const { url } of await cache.keys()) if (!own.has(url)) await cache.delete(url);
  }

  /** The answer to a request; null if it is for no file of this edition. */
  answer(event: FetchEvent): Promise<Response> | null {
    const { request } = event;
    // A part of a file is no file.
    if (request.method !== 'GET' || request.headers.has('Range')) return null;
    const url = request.url.replace(/[?#].*$/, '').replace(/\/index\.html$/, '/');
    const file = this.#files.get(url);
    return file === undefined ? null : this.#respond(event, this.#key(url, file.integrity), file);
  }

  async #respond(event: FetchEvent, key: string, { keep }: BuiltFile): Promise<Response> {
    const cache = await caches.open(cacheName);
    const held = await cache.match(key);
    if (held !== undefined) return held;
    const response = await fetch(event.request);
    if (keep === 'used' && response.status === 200) {
      event.waitUntil(cache.put(key, response.clone()));
    }
    return response;
  }

  #key(url: string, integrity: string): string {
    return `${url}?${new URLSearchParams({ integrity, headers: this.#headers })}`;
  }
}
