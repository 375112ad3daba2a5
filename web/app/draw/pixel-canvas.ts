import { h } from '../dom/element.ts';

/** A canvas whose pixels are the screen's: drawn in device pixels, whatever the zoom. */
export class PixelCanvas {
  readonly element: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  #unit = 1;

  /** @param onResize Called after the size changed, which clears the canvas. */
  constructor(testId: string, label: string, onResize: () => void, signal: AbortSignal) {
    this.element = h('canvas', { 'data-testid': testId, role: 'img', 'aria-label': label });
    const pen = this.element.getContext('2d');
    if (pen === null) throw new Error('The browser gave no 2D context for a canvas.');
    this.#pen = pen;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && this.#resize(entry)) onResize();
    });
    observer.observe(this.element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** Device pixels per pixel of the design, which grows with the root's font on large screens. */
  get unit(): number {
    return this.#unit;
  }

  /** Size in device pixels. */
  get width(): number {
    return this.element.width;
  }

  /** Size in device pixels. */
  get height(): number {
    return this.element.height;
  }

  /** Clears the canvas and hands out its context; the unit is the device pixel. */
  begin(): CanvasRenderingContext2D {
    this.#pen.clearRect(0, 0, this.width, this.height);
    return this.#pen;
  }

  #resize({ contentRect }: ResizeObserverEntry): boolean {
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(contentRect.width * ratio));
    const height = Math.max(1, Math.round(contentRect.height * ratio));
    if (width === this.width && height === this.height) return false;
    this.#unit = ratio * designScale();
    this.element.width = width;
    this.element.height = height;
    return true;
  }
}

// The size of the root's font that the design is drawn for.
const designFontPx = 14;

/** Pixels of the page per pixel of the design. */
export function designScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / designFontPx;
}
