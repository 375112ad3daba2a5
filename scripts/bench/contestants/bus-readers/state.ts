/** What the page and the readers of the mix ring share. */

export interface ReaderJob {
  readonly memory: WebAssembly.Memory;
  readonly byteOffset: number;
  /** Word 0: 1 while the readers follow; then each reader's words. */
  readonly state: Int32Array<SharedArrayBuffer>;
  readonly index: number;
}

/** Words of one reader. */
export const readerWord = { following: 0, seen: 1, faults: 2, count: 3 } as const;

export function readerStateOf(state: Int32Array, index: number): Int32Array {
  const first = 1 + index * readerWord.count;
  return state.subarray(first, first + readerWord.count);
}
