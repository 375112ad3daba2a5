/** Where the files lie that the library loads at run time. */
export interface AssetOverrides {
  /** The engine for shared memory. Default: `engine.wasm` beside the library. */
  readonly engine?: string | URL;
  /** The engine for pages without isolation. Default: `engine-unshared.wasm` beside the library. */
  readonly engineUnshared?: string | URL;
  /** The module that measures delays. Default: `offline.wasm` beside the library. */
  readonly offline?: string | URL;
  /** The voice detector for Workers. Default: `vad.wasm` beside the library. */
  readonly vad?: string | URL;
  /** The voice detector's weights. Default: `models/silero-vad.bin` beside the library. */
  readonly vadWeights?: string | URL;
  /** The same model for ONNX Runtime. Default: `models/silero_vad_v6.onnx` beside the library. */
  readonly vadModel?: string | URL;
  /** The AudioWorklet module. Default: bundled with the library. */
  readonly processor?: string | URL;
  /** The engine's JavaScript form, a second AudioWorklet module. Default: bundled with the library. */
  readonly fallback?: string | URL;
}

/** The voice detector's files: its module, its weights, and the model that these are of. */
export type VadAsset = 'module' | 'weights' | 'model';

/** The engine's bytes, or the reason why there are none. */
export interface EngineBytes {
  readonly bytes: ArrayBuffer | null;
  readonly detail: string;
}

/** The URL of the engine for this kind of page. */
export function engineUrl(isolated: boolean, assets: AssetOverrides): string | URL {
  // The bundlers' pattern, so the literal has to stand inside new URL().
  return isolated
    ? (assets.engine ?? new URL('./engine.wasm', import.meta.url))
    : (assets.engineUnshared ?? new URL('./engine-unshared.wasm', import.meta.url));
}

/** The URL of the module that measures delays. */
export function offlineUrl(assets: AssetOverrides): string | URL {
  return assets.offline ?? new URL('./offline.wasm', import.meta.url);
}

/** The URLs of the voice detector's files. */
export function vadUrls(assets: AssetOverrides): Readonly<Record<VadAsset, string | URL>> {
  return {
    module: assets.vad ?? new URL('./vad.wasm', import.meta.url),
    weights: assets.vadWeights ?? new URL('./models/silero-vad.bin', import.meta.url),
    model: assets.vadModel ?? new URL('./models/silero_vad_v6.onnx', import.meta.url),
  };
}

/**
 * Fetches the engine. A missing file is not the end: the processor falls back, so this answers with
 * the reason instead of throwing.
 *
 * @throws The signal's reason when it aborts.
 */
export async function fetchEngine(
  url: string | URL,
  signal: AbortSignal | undefined,
): Promise<EngineBytes> {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) {
      return { bytes: null, detail: `${String(url)} answered ${response.status}.` };
    }
    return { bytes: await response.arrayBuffer(), detail: '' };
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return { bytes: null, detail: `${String(url)} could not be fetched: ${message}` };
  }
}
