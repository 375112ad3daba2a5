/** What the page tells the waterfall's Worker. */
import type { AnalysisAddress } from '../../lib/index.ts';
import type { AxisScale } from '../draw/frequency-axis.ts';
import type { Palette } from '../draw/palette.ts';
import type { CanvasSize } from '../draw/spectrum-plot.ts';

/** How the waterfall looks. */
export interface Scene extends CanvasSize {
  readonly scale: AxisScale;
  /** The level of the first colour; full scale has the last. */
  readonly floorDb: number;
  readonly weighted: boolean;
  readonly dark: boolean;
  /** Whether the person asked for less motion. */
  readonly calm: boolean;
  readonly palette: Palette;
}

/** One order; `open` comes first, once. */
export type Order =
  | {
      readonly kind: 'open';
      readonly canvas: OffscreenCanvas;
      readonly address: AnalysisAddress;
      /** One word, where the Worker counts the rows that it has drawn. */
      readonly rowCount: SharedArrayBuffer;
      readonly scene: Scene;
    }
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'run'; readonly running: boolean };
