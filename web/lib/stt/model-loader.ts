import { download, type FileCache } from './download.ts';
import { filesOf, modelBytes, type ModelFileList, type SpeechModel } from './model-files.ts';

/** How far the loading of a model is. */
export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Where models come from; everything has a default. */
export interface LoadOptions {
  /** The folder of the models. Default: `models/` beside the library. */
  readonly modelsUrl?: string | URL;
  /** Told whenever more has come. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Cancels the loading; what has come is kept, and the next loading goes on there. */
  readonly signal?: AbortSignal;
}

/** The contents of a model's files. */
export type ModelContents = Readonly<Record<keyof ModelFileList, Uint8Array>>;

const cacheName = 'quanta-models';

/** Null where the browser keeps nothing, as in pages without TLS. */
function openCache(): Promise<FileCache | null> {
  return 'caches' in globalThis ? caches.open(cacheName) : Promise.resolve(null);
}

/**
 * Loads a model's files and checks that they are the right ones. What is in the browser's cache is not
 * fetched again. Page or Worker.
 *
 * @throws SpeechError `model-missing`, `model-unreachable`, `model-corrupt`; the signal's reason.
 */
export async function loadModel(
  model: SpeechModel,
  options: LoadOptions = {},
): Promise<ModelContents> {
  const { modelsUrl = new URL('./models/', import.meta.url), onProgress } = options;
  const signal = options.signal ?? new AbortController().signal;
  const totalBytes = modelBytes(model);
  const cache = await openCache();
  const got = new Map<string, number>();
  const load = async (name: keyof ModelFileList): Promise<Uint8Array> => {
    const file = filesOf(model)[name];
    const onBytes = (bytes: number): void => {
      got.set(name, bytes);
      const loadedBytes = [...got.values()].reduce((sum, part) => sum + part, 0);
      onProgress?.({ loadedBytes, totalBytes });
    };
    return download(file, { url: new URL(file.path, modelsUrl).href, cache, signal, onBytes });
  };
  // One after the other: a file that is missing stops the rest.
  return {
    vocabulary: await load('vocabulary'),
    encoder: await load('encoder'),
    decoder: await load('decoder'),
  };
}
