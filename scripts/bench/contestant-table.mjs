// @ts-check
// What Node and the page run: contestants by the names that benchmarks give them.

/** @typedef {import('./kernels.mjs').Kernels} Kernels */

/**
 * A program with its memory. The work is done when `run` returns, or when its promise does.
 * @typedef {object} Program
 * @property {() => void | Promise<void>} check asserts that it computes what it should; throws
 * @property {(operations: number) => void | Promise<void>} run
 * @property {() => Promise<void>} [resume] before each run that counts
 * @property {() => Promise<void>} [pause] after it, so that others run undisturbed
 * @property {() => void} [close]
 */

/** @typedef {(name: string) => Promise<Uint8Array<ArrayBuffer>>} Assets the files beside the page */
/** @typedef {(kernels: Kernels, assets: Assets) => Program | Promise<Program>} ProgramMaker */
/** @typedef {{ readonly contestants: Readonly<Record<string, ProgramMaker>> }} ProgramModule */
/** @typedef {Readonly<Record<string, () => Promise<ProgramModule>>>} Modules */

const CHECKED_OPERATIONS = 3;
const NANOSECONDS_PER_MS = 1e6;

export class ContestantTable {
  /** @readonly */
  #kernels;
  /** @readonly */
  #modules;
  /** @readonly */
  #assets;
  /** @type {Map<string, Program>} @readonly */
  #programs = new Map();

  /**
   * @param {Kernels} kernels
   * @param {Modules} modules
   * @param {Assets} assets
   */
  constructor(kernels, modules, assets) {
    this.#kernels = kernels;
    this.#modules = modules;
    this.#assets = assets;
  }

  /**
   * Makes a contestant, asserts that it is right and lets it run a little.
   * @param {string} code
   * @returns {Promise<boolean>} false: there is no such contestant
   */
  async check(code) {
    const program = this.#programs.get(code) ?? (await this.#make(code));
    if (program === undefined) return false;
    this.#programs.set(code, program);
    await program.check();
    await program.resume?.();
    await program.run(CHECKED_OPERATIONS);
    await program.pause?.();
    return true;
  }

  /**
   * @param {string} code of a contestant that was checked
   * @param {number} operations
   * @returns {Promise<number>} nanoseconds for all of them
   */
  async time(code, operations) {
    const program = this.#checked(code);
    await program.resume?.();
    const start = performance.now();
    // Waiting for what is done already would be timed too.
    const running = program.run(operations);
    if (running !== undefined) await running;
    const end = performance.now();
    await program.pause?.();
    return (end - start) * NANOSECONDS_PER_MS;
  }

  /**
   * One reading of the clock between any two operations, so that they add up to the whole time; each
   * is as coarse as the clock's steps, 5 µs in an isolated page.
   * @param {string} code of a contestant that was checked
   * @param {number} operations
   * @returns {Promise<number[]>} nanoseconds of each
   */
  async timeEach(code, operations) {
    const program = this.#checked(code);
    const edges = new Float64Array(operations + 1);
    await program.resume?.();
    edges[0] = performance.now();
    for (let i = 1; i <= operations; i += 1) {
      const running = program.run(1);
      if (running !== undefined) await running;
      edges[i] = performance.now();
    }
    await program.pause?.();
    const nanoseconds = edges.map((edge, i) => (edge - (edges[i - 1] ?? 0)) * NANOSECONDS_PER_MS);
    return [...nanoseconds.subarray(1)];
  }

  /** Ends all contestants. */
  release() {
    for (const program of this.#programs.values()) program.close?.();
    this.#programs.clear();
  }

  /** @param {string} code */
  #checked(code) {
    const program = this.#programs.get(code);
    if (program === undefined) throw new RangeError(`${code} was not checked.`);
    return program;
  }

  /**
   * @param {string} code
   * @returns {Promise<Program | undefined>}
   */
  async #make(code) {
    const [, kernel] = /^cpp:(\w+)$/.exec(code) ?? [];
    if (kernel !== undefined) return this.#fromKernel(kernel);
    const [, module = '', name = ''] = /^js:([\w-]+)\/([\w-]+)$/.exec(code) ?? [];
    const loaded = await this.#modules[module]?.();
    return loaded?.contestants[name]?.(this.#kernels, this.#assets);
  }

  /** @param {string} name */
  #fromKernel(name) {
    const kernels = this.#kernels;
    if (!kernels.has(name)) return undefined;
    return {
      check: () => kernels.check(name),
      run: (/** @type {number} */ operations) => kernels.run(name, operations),
    };
  }
}
