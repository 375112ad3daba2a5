/** The style sheet's colours, for canvases. */
export interface Palette {
  readonly grid: string;
  readonly line: string;
  readonly faint: string;
  readonly trace: string;
  readonly trace2: string;
  readonly text: string;
  readonly dim: string;
  readonly warn: string;
  readonly mono: string;
}

/** Reads the colours, and reads them again when the theme changes. */
export class Theme {
  #palette: Palette = readPalette();

  constructor(signal: AbortSignal) {
    matchMedia('(prefers-color-scheme: dark)').addEventListener(
      'change',
      () => (this.#palette = readPalette()),
      { signal },
    );
  }

  /** The colours now. */
  get palette(): Palette {
    return this.#palette;
  }
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    grid: read('grid'),
    line: read('line'),
    faint: read('faint'),
    trace: read('trace'),
    trace2: read('trace2'),
    text: read('text'),
    dim: read('dim'),
    warn: read('warn'),
    mono: read('mono'),
  };
}
