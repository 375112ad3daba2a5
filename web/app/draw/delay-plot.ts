/** The delays of a broadcast of late: one step a second, the newest at the right. */
import { formatSpan } from '../format.ts';
import { type DelayHistory, type DelaySample, historySec } from '../model/delay-history.ts';
import { niceStep, ticks } from './axis.ts';
import { node, type SvgNode } from './svg-node.ts';

const height = 150;
const axisPx = 20;
const topPx = 18;
const rows = 3;
const tickSec = 30;
const leastMs = 100;

/** Draws the history. @param width In pixels of the page. */
export function delayPlot({ samples, longestMs }: DelayHistory, width: number): SvgNode {
  const mostMs = Math.max(leastMs, longestMs);
  const floor = height - axisPx;
  const y = (ms: number): number => floor - ((floor - topPx) * ms) / mostMs;
  const x = (index: number): number => width * (1 - (samples.length - index) / historySec);
  const line = (className: string, read: (sample: DelaySample) => number | null): SvgNode =>
    node('path', { class: className, d: steps(samples.map(read), x, y) });
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'delays',
      role: 'img',
      'aria-label': 'Delay of the broadcast in the last two minutes',
    },
    ...levels(mostMs, width, y),
    ...times(width),
    ...drops(samples, x, floor),
    line('server', ({ serverDelayMs }) => serverDelayMs),
    line('socket', ({ ringToSocketMs }) => ringToSocketMs),
  );
}

function steps(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (ms: number) => number,
): string {
  return values
    .flatMap((ms, index) => {
      if (ms === null) return [];
      const begins = (values[index - 1] ?? null) === null;
      const [from, to, at] = [x(index), x(index + 1), y(ms)].map((place) => place.toFixed(1));
      return `${begins ? 'M' : 'L'}${from},${at}H${to}`;
    })
    .join('');
}

function drops(
  samples: readonly DelaySample[],
  x: (index: number) => number,
  floor: number,
): readonly SvgNode[] {
  return samples.flatMap(({ droppedMs }, index) => {
    if (droppedMs === 0) return [];
    const place = { x: x(index).toFixed(1), y: 0, height: floor };
    return [node('rect', { class: 'dropped', ...place, width: (x(1) - x(0)).toFixed(1) })];
  });
}

function levels(mostMs: number, width: number, y: (ms: number) => number): readonly SvgNode[] {
  return ticks(0, mostMs, niceStep(mostMs, rows)).flatMap((ms) => {
    const at = y(ms).toFixed(1);
    const label = { class: 'tick', x: 2, y: (y(ms) - 3).toFixed(1) };
    const line = node('path', { class: 'grid', d: `M0,${at}H${width}` });
    return ms === 0 ? [line] : [line, node('text', label, formatSpan(ms / 1000))];
  });
}

function times(width: number): readonly SvgNode[] {
  return ticks(0, historySec, tickSec).map((sec) => {
    const x = (width * (1 - sec / historySec)).toFixed(1);
    const anchor = sec === 0 ? 'end' : sec === historySec ? 'start' : 'middle';
    const words = sec === 0 ? 'now' : `−${sec} s`;
    return node('text', { class: 'tick', x, y: height - 5, 'text-anchor': anchor }, words);
  });
}
