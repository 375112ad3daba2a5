import fallbackUrl from '../../../worklet/fallback.ts?worker&url';

/**
 * The engine's JavaScript form, which is added to the worklet beside the processor: as soon as the
 * audio runs, so that it is there if the engine traps, or earlier if the engine does not start.
 */
export class FallbackModule {
  readonly #context: BaseAudioContext;
  readonly #url: string | URL;
  #added: Promise<void> | null = null;

  constructor(context: BaseAudioContext, url: string | URL = fallbackUrl) {
    this.#context = context;
    this.#url = url;
  }

  /** Adds the module, once; a try that failed is made again. @throws what `addModule` throws */
  add(): Promise<void> {
    this.#added ??= this.#addAnew();
    return this.#added;
  }

  async #addAnew(): Promise<void> {
    try {
      await this.#context.audioWorklet.addModule(String(this.#url));
    } catch (error) {
      this.#added = null;
      throw error;
    }
  }
}
