/** What the packages of `fft.ts` export, as far as it is used there; they have no types. */

declare module '@echogarden/pffft-wasm/simd' {
  interface Pffft {
    readonly HEAPF32: Float32Array;
    /** transform: 0 real, 1 complex. Returns a pointer, or 0. */
    _pffft_new_setup(size: number, transform: number): number;
    _pffft_destroy_setup(setup: number): void;
    _pffft_aligned_malloc(bytes: number): number;
    _pffft_aligned_free(pointer: number): void;
    /** direction: 0 forward, 1 backward. */
    _pffft_transform_ordered(
      setup: number,
      input: number,
      output: number,
      work: number,
      direction: number,
    ): void;
  }
  const create: () => Promise<Pffft>;
  export default create;
}

declare module '@echogarden/kissfft-wasm' {
  interface KissFft {
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _kiss_fftr_alloc(size: number, inverse: number, memory: number, bytes: number): number;
    _kiss_fftr(state: number, input: number, output: number): void;
  }
  const create: () => Promise<KissFft>;
  export default create;
}
