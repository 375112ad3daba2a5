// @ts-check
// The C++ benchmarks as WebAssembly, in Node and in a page.

const MEMORY_PAGES = 512;

/**
 * @typedef {object} BenchExports
 * @property {() => number} bench_count
 * @property {(index: number) => number} bench_name
 * @property {(index: number) => number} bench_check
 * @property {(index: number, operations: number) => void} bench_run
 * @property {(index: number) => number} bench_shared
 */

/** The module `bench`, see tests/native/bench/wasm_exports.cpp. */
export class Kernels {
  /** @readonly */
  #exports;
  /** @readonly */
  #names;
  /** Shared: Workers may look at it. */
  memory;

  /**
   * @param {BenchExports} exports
   * @param {WebAssembly.Memory} memory
   */
  constructor(exports, memory) {
    this.#exports = exports;
    this.memory = memory;
    this.#names = Array.from({ length: exports.bench_count() }, (_, index) =>
      this.#text(exports.bench_name(index)),
    );
  }

  /** @param {BufferSource} bytes */
  static async load(bytes) {
    const pages = MEMORY_PAGES;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    return new Kernels(
      /** @type {BenchExports} */ (/** @type {unknown} */ (instance.exports)),
      memory,
    );
  }

  /** @param {string} name */
  has(name) {
    return this.#names.includes(name);
  }

  /**
   * Makes a benchmark anew.
   * @param {string} name
   * @throws {Error} where it computes something wrong
   */
  check(name) {
    const fault = this.#exports.bench_check(this.#index(name));
    if (fault !== 0) throw new Error(`${name}: ${this.#text(fault)}`);
  }

  /**
   * @param {string} name
   * @param {number} operations
   */
  run(name, operations) {
    this.#exports.bench_run(this.#index(name), operations);
  }

  /**
   * Byte offset of the memory that other threads may look at.
   * @param {string} name
   */
  shared(name) {
    return this.#exports.bench_shared(this.#index(name));
  }

  /** @param {string} name */
  #index(name) {
    const index = this.#names.indexOf(name);
    if (index < 0) throw new RangeError(`There is no benchmark ${name} in C++.`);
    return index;
  }

  /** @param {number} start of a text that ends with a 0 byte */
  #text(start) {
    const bytes = new Uint8Array(this.memory.buffer);
    return String.fromCharCode(...bytes.slice(start, bytes.indexOf(0, start)));
  }
}
