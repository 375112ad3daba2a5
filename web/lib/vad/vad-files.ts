import { VadError } from '../errors.ts';
import { sha256 } from '../sha256.ts';
import { fileDamaged, fileMissing } from './vad-errors.ts';

/** A file of the voice detector, and what it must be. */
export interface VadFile {
  readonly url: string | URL;
  /** SHA-256 in hexadecimal; null: whatever is served with the library is taken. */
  readonly sha256: string | null;
}

/** Where the files of the voice detector lie: its module, its weights, and the model of these. */
export type VadUrls = Readonly<Record<'module' | 'weights' | 'model', string | URL>>;

/** Of the files that the build makes out of one model. A test holds them against the files. */
export const vadDigests = {
  weights: '1d94befa7daf6b02af2f607b8181203c2ba10f9a411c9446d802323d9659530a',
  model: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
} as const;

/**
 * Fetches a file and compares its digest.
 * @throws VadError, the signal's reason when it aborts.
 */
export async function fetchVadFile(
  { url, sha256: wanted }: VadFile,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const bytes = await fetchBytes(url, signal);
  if (wanted === null) return bytes;
  const found = await sha256(bytes);
  if (found !== wanted) throw fileDamaged(url, found);
  return bytes;
}

async function fetchBytes(url: string | URL, signal?: AbortSignal): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (response.ok) return await response.arrayBuffer();
    throw fileMissing(url, `the server answered ${response.status}`);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof VadError ? error : fileMissing(url, String(error));
  }
}
