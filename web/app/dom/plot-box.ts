import { designScale } from '../draw/pixel-canvas.ts';
import type { SvgNode } from '../draw/svg-node.ts';
import { h } from './element.ts';
import { svgElement } from './svg.ts';

/** Room for a drawing that fills its width, so that its text keeps the page's size. */
export class PlotBox {
  readonly element: HTMLElement;
  #width = 0;

  /** @param onResize Called when there is another width to draw for. */
  constructor(testId: string, onResize: () => void, signal: AbortSignal) {
    this.element = h('div', { class: 'plot', 'data-testid': testId });
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.round((entry?.contentRect.width ?? 0) / designScale());
      if (width === this.#width) return;
      this.#width = width;
      onResize();
    });
    observer.observe(this.element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** In pixels of the design; 0 until it is known. */
  get width(): number {
    return this.#width;
  }

  /** Shows the drawing in place of the one before. */
  show(drawing: SvgNode): void {
    this.element.replaceChildren(svgElement(drawing));
  }
}
