import { SpeechError } from '../errors.ts';
import { sha256 } from '../sha256.ts';
import type { ModelFile } from './model-files.ts';
import { modelCorrupt, modelMissing, modelUnreachable } from './speech-errors.ts';

/** As much of the Cache API as is used. */
export type FileCache = Pick<Cache, 'match' | 'put' | 'delete'>;

/** What a download needs besides the file. */
export interface DownloadOptions {
  readonly url: string;
  /** Null: nothing is kept. */
  readonly cache: FileCache | null;
  readonly signal: AbortSignal;
  /** Bytes of this file that are there; may fall back to 0 once. */
  readonly onBytes: (bytes: number) => void;
}

const partial = '?partial';
const status = { ok: 200, partialContent: 206, rangeNotSatisfiable: 416 };

/**
 * Gets one file: from the cache, or from the server from where the last attempt stopped. What an
 * attempt that fails or is aborted has got is kept for the next one.
 *
 * @throws SpeechError `model-missing`, `model-unreachable`, `model-corrupt`; the signal's reason.
 */
export async function download(file: ModelFile, options: DownloadOptions): Promise<Uint8Array> {
  const { url, cache, onBytes } = options;
  const kept = await bytesIn(cache, url);
  if (kept !== null && (await isRight(kept, file))) {
    onBytes(file.bytes);
    return kept;
  }
  const begun = await bytesIn(cache, url + partial);
  const bytes = await fetchFile(file, begun ?? new Uint8Array(), options);
  await cache?.delete(url + partial);
  await keep(cache, url, bytes);
  return bytes;
}

async function fetchFile(
  file: ModelFile,
  begun: Uint8Array,
  options: DownloadOptions,
): Promise<Uint8Array> {
  const isResumed = begun.length > 0 && begun.length < file.bytes;
  const attempt = new Attempt(file, isResumed ? begun : new Uint8Array(), options);
  const bytes = await attempt.run();
  if (bytes !== null && (await isRight(bytes, file))) return bytes;
  if (!isResumed) throw modelCorrupt(options.url);
  // The server may have another file by now than it had when this was begun.
  await options.cache?.delete(options.url + partial);
  return fetchFile(file, new Uint8Array(), options);
}

/** One request. */
class Attempt {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #options: DownloadOptions;
  #received: number;

  constructor(file: ModelFile, begun: Uint8Array, options: DownloadOptions) {
    this.#bytes = new Uint8Array(file.bytes);
    this.#bytes.set(begun);
    this.#received = begun.length;
    this.#options = options;
  }

  /** @returns Null where what the server has is longer than the file, or does not go on. */
  async run(): Promise<Uint8Array | null> {
    const { signal, url } = this.#options;
    try {
      const response = await this.#ask();
      if (response === null) return null;
      return await this.#take(response);
    } catch (error) {
      await this.#keepBegun();
      signal.throwIfAborted();
      throw error instanceof SpeechError ? error : modelUnreachable(url, error);
    }
  }

  async #ask(): Promise<Response | null> {
    const { url, signal } = this.#options;
    const headers: Record<string, string> =
      this.#received === 0 ? {} : { range: `bytes=${this.#received}-` };
    const response = await fetch(url, { headers, signal });
    if (response.status === status.rangeNotSatisfiable) return null;
    if (response.status === status.ok) this.#received = 0;
    else if (response.status !== status.partialContent) {
      throw modelMissing(url, `answered ${response.status}`);
    }
    // Some servers answer with their front page instead.
    if (response.headers.get('content-type')?.startsWith('text/html') === true) {
      throw modelMissing(url, 'is a page');
    }
    return response;
  }

  async #take({ body }: Response): Promise<Uint8Array | null> {
    if (body === null) return null;
    this.#options.onBytes(this.#received);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return this.#received === this.#bytes.length ? this.#bytes : null;
      if (this.#received + value.length > this.#bytes.length) {
        await reader.cancel();
        return null;
      }
      this.#bytes.set(value, this.#received);
      this.#received += value.length;
      this.#options.onBytes(this.#received);
    }
  }

  async #keepBegun(): Promise<void> {
    const { cache, url } = this.#options;
    if (this.#received > 0) await keep(cache, url + partial, this.#bytes.slice(0, this.#received));
  }
}

async function bytesIn(cache: FileCache | null, key: string): Promise<Uint8Array | null> {
  const response = await cache?.match(key);
  return response === undefined ? null : new Uint8Array(await response.arrayBuffer());
}

/** Without room for it, the file is loaded again the next time. */
async function keep(cache: FileCache | null, key: string, bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  try {
    await cache?.put(key, new Response(bytes as Uint8Array<ArrayBuffer>, { headers }));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
    await cache?.delete(key);
  }
}

async function isRight(bytes: Uint8Array, file: ModelFile): Promise<boolean> {
  if (bytes.length !== file.bytes) return false;
  return (await sha256(bytes as Uint8Array<ArrayBuffer>)) === file.sha256;
}
