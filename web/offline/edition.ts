/** What one build of the page consists of: `scripts/lib/offline-plugin.mjs` writes it into the worker. */

/** One file of the build. */
export interface BuiltFile {
  /** Relative to the page; empty for the page itself. */
  readonly path: string;
  /** As in the attribute of that name: `sha256-…`. */
  readonly integrity: string;
  /** `first`: with the page. `used`: when it is loaded for the first time, because it is large. */
  readonly keep: 'first' | 'used';
}

/** One build. */
export interface Edition {
  /** Of the headers that the files are sent with: a file that is sent with others is another one. */
  readonly headers: string;
  readonly files: readonly BuiltFile[];
}
