/** The waterfall's Worker: reads the analysis by itself, so that a busy page does not hold it up. */
import { AnalysisReader } from '../../lib/index.ts';
import type { Order } from './order.ts';
import { Waterfall } from './waterfall.ts';

let waterfall: Waterfall | null = null;
let request = 0;

function follow(order: Order): void {
  switch (order.kind) {
    case 'open': {
      const { canvas, address, rowCount, scene } = order;
      const reader = new AnalysisReader(address);
      waterfall = new Waterfall(canvas, reader, new Int32Array(rowCount), scene);
      break;
    }
    case 'scene':
      if (waterfall !== null) waterfall.scene = order.scene;
      break;
    case 'run':
      cancelAnimationFrame(request);
      if (order.running) request = requestAnimationFrame(draw);
      else waterfall?.draw(performance.now());
      break;
  }
}

function draw(nowMs: number): void {
  waterfall?.draw(nowMs);
  request = requestAnimationFrame(draw);
}

// A Worker's, but this folder is compiled for the page.
globalThis.addEventListener('message', ({ data }: MessageEvent<Order>) => follow(data));
