import { VadError } from '../errors.ts';
import { filesUnusable } from './vad-errors.ts';
import { fetchVadFile, vadDigests } from './vad-files.ts';
import { VadModule } from './vad-module.ts';
import { VoiceResampler } from './voice-resampler.ts';

/** Where a file is: its address, or what is in it. */
export type VadAsset = string | URL | Uint8Array;

/** The files of the voice detector. Node fetches none: it has to bring them. */
export interface VadAssets {
  /** The detector. Default: `vad.wasm` beside the library. */
  readonly module?: VadAsset;
  /** Its weights. Default: `models/silero-vad.bin` beside the library. */
  readonly weights?: VadAsset;
  /** The resampler. Default: `offline.wasm` beside the library. */
  readonly resampler?: VadAsset;
}

/** Fetches the files when they are needed, each once; what failed is tried again. */
export class VadFiles {
  readonly #assets: VadAssets;
  #detector: Promise<{ module: WebAssembly.Module; weights: Uint8Array }> | null = null;
  #resampler: Promise<VoiceResampler> | null = null;

  constructor(assets: VadAssets) {
    this.#assets = assets;
  }

  /** A detector that has heard nothing. @throws VadError */
  async detector(): Promise<VadModule> {
    this.#detector ??= this.#loadDetector();
    try {
      const { module, weights } = await this.#detector;
      return await VadModule.create(module, weights);
    } catch (error) {
      this.#detector = null;
      throw asVadError(error);
    }
  }

  /** @throws VadError */
  async resampler(): Promise<VoiceResampler> {
    this.#resampler ??= this.#loadResampler();
    try {
      return await this.#resampler;
    } catch (error) {
      this.#resampler = null;
      throw asVadError(error);
    }
  }

  // The bundlers' pattern, so the literals have to stand inside new URL().
  async #loadDetector(): Promise<{ module: WebAssembly.Module; weights: Uint8Array }> {
    const { module = new URL('./vad.wasm', import.meta.url) } = this.#assets;
    const { weights = new URL('./models/silero-vad.bin', import.meta.url) } = this.#assets;
    const [code, values] = await Promise.all([
      bytesOf(module),
      bytesOf(weights, vadDigests.weights),
    ]);
    return { module: await WebAssembly.compile(code), weights: values };
  }

  async #loadResampler(): Promise<VoiceResampler> {
    const { resampler = new URL('./offline.wasm', import.meta.url) } = this.#assets;
    return VoiceResampler.create(await WebAssembly.compile(await bytesOf(resampler)));
  }
}

async function bytesOf(
  asset: VadAsset,
  sha256: string | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
  if (asset instanceof Uint8Array) return new Uint8Array(asset);
  return new Uint8Array(await fetchVadFile({ url: asset, sha256 }));
}

function asVadError(error: unknown): VadError {
  return error instanceof VadError ? error : filesUnusable(error);
}
