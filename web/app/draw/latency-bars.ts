/** How many utterances took how long. */
import { formatSpan } from '../format.ts';
import type { LatencyBin } from '../model/speech-latency.ts';
import { niceStep, ticks } from './axis.ts';
import { node, type SvgNode } from './svg-node.ts';

const height = 120;
const axisPx = 20;
const topPx = 6;
const tickPx = 70;
const leastBins = 20;

/** Draws the histogram. @param width In pixels of the page. */
export function latencyBars(bins: readonly LatencyBin[], width: number): SvgNode {
  const [{ toMs: binMs } = { toMs: 100 }] = bins;
  const count = Math.max(leastBins, bins.length);
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const column = width / count;
  const floor = height - axisPx;
  const bars = bins.flatMap((bin, i) => {
    const tall = ((floor - topPx) * bin.count) / most;
    const place = { x: (i * column + 0.75).toFixed(1), y: (floor - tall).toFixed(1) };
    const size = { width: Math.max(1, column - 1.5).toFixed(1), height: tall.toFixed(1) };
    return bin.count === 0 ? [] : [node('rect', { class: 'bar', ...place, ...size })];
  });
  const spanMs = count * binMs;
  const step = niceStep(spanMs, Math.max(2, width / tickPx));
  const labels = ticks(0, spanMs - 1, step).map((ms) => {
    const x = ((ms / spanMs) * width).toFixed(1);
    const anchor = ms === 0 ? 'start' : 'middle';
    return node(
      'text',
      { class: 'tick', x, y: height - 6, 'text-anchor': anchor },
      formatSpan(ms / 1000),
    );
  });
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'latency-bars',
      role: 'img',
      'aria-label': 'Latency of the texts: how many took how long',
    },
    node('path', { class: 'grid', d: `M0,${floor}H${width}` }),
    ...bars,
    ...labels,
  );
}
