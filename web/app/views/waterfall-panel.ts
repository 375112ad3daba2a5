import workerUrl from '../waterfall/worker.ts?worker&url';
import type { AnalysisAddress } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { Theme } from '../draw/palette.ts';
import { designScale } from '../draw/pixel-canvas.ts';
import type { CanvasSize } from '../draw/spectrum-plot.ts';
import { startWorker } from '../model/own-worker.ts';
import { isMeasuring } from '../model/page-state.ts';
import type { Order, Scene } from '../waterfall/order.ts';
import { type Page, View } from './view.ts';

const wordBytes = 4;

/** The spectrogram, drawn by a Worker of its own. */
export class WaterfallPanel extends View {
  readonly #address: AnalysisAddress;
  readonly #rowCount = new SharedArrayBuffer(wordBytes);
  readonly #rows = new Int32Array(this.#rowCount);

  constructor(page: Page, address: AnalysisAddress) {
    super(page);
    this.#address = address;
  }

  /** Rows that the Worker has drawn. */
  get rows(): number {
    return Atomics.load(this.#rows, 0);
  }

  protected mount(signal: AbortSignal): void {
    const label = 'Waterfall: the spectra of the last seconds, the newest on top';
    const canvas = h('canvas', { 'data-testid': 'waterfall', role: 'img', 'aria-label': label });
    fillCard(
      this,
      'Waterfall',
      h('span', { class: 'aside' }, 'newest on top'),
      h('div', { class: 'plot' }, canvas),
    );
    const worker = startWorker(workerUrl);
    const tell = (order: Order, transfer: Transferable[] = []): void =>
      worker.postMessage(order, transfer);
    signal.addEventListener('abort', () => worker.terminate());
    const scene = this.#followScene(canvas, (next) => tell({ kind: 'scene', scene: next }), signal);
    const offscreen = canvas.transferControlToOffscreen();
    tell(
      { kind: 'open', canvas: offscreen, address: this.#address, rowCount: this.#rowCount, scene },
      [offscreen],
    );
    let running: boolean | undefined;
    this.page.store.watch((state) => {
      const runs = isMeasuring(state) && state.session?.memory?.buffer === this.#address.buffer;
      if (runs !== running) tell({ kind: 'run', running: runs });
      running = runs;
    }, signal);
  }

  // Tells of every change of what decides the look.
  #followScene(
    canvas: HTMLCanvasElement,
    onChange: (scene: Scene) => void,
    signal: AbortSignal,
  ): Scene {
    const theme = new Theme(signal);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    let size = sizeOf(canvas.getBoundingClientRect());
    const sceneNow = (): Scene => {
      const { frequencyScale, spectrumRangeDb, aWeighted } = this.page.store.state.setup;
      return {
        ...size,
        scale: frequencyScale,
        floorDb: -spectrumRangeDb,
        weighted: aWeighted,
        dark: dark.matches,
        calm: calm.matches,
        palette: theme.palette,
      };
    };
    let scene = sceneNow();
    const update = (): void => {
      const next = sceneNow();
      if (JSON.stringify(next) !== JSON.stringify(scene)) onChange(next);
      scene = next;
    };
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) size = sizeOf(entry.contentRect);
      update();
    });
    observer.observe(canvas);
    signal.addEventListener('abort', () => observer.disconnect());
    for (const query of [dark, calm]) query.addEventListener('change', update, { signal });
    this.page.store.watch(update, signal);
    return scene;
  }
}

function sizeOf({ width, height }: { width: number; height: number }): CanvasSize {
  const ratio = devicePixelRatio;
  return {
    width: Math.max(1, Math.round(width * ratio)),
    height: Math.max(1, Math.round(height * ratio)),
    unit: ratio * designScale(),
  };
}
