/** What quanta cost, as a histogram with both axes in decades. */
import type { DeadlineReading } from '../../lib/index.ts';
import { formatCount } from '../format.ts';
import { node, type SvgNode } from './svg-node.ts';

const height = 250;
const margin = { left: 8, right: 8, top: 44, bottom: 24 };
const leastUs = 1;
const columnPx = 6;
const textPx = 6.4;
const tickSteps = [1, 3];
// Narrower plots have room for the decades only.
const wideFrom = 480;
const rowPx = 14;

/** The figures that are marked, by their names. */
export const costMarks = [
  { name: 'p50', label: 'p50' },
  { name: 'p95', label: 'p95' },
  { name: 'p99', label: 'p99' },
  { name: 'p999', label: 'p99.9' },
  { name: 'max', label: 'max' },
] as const;

interface Axis {
  readonly x: (us: number) => number;
  readonly fromUs: number;
  readonly toUs: number;
}

interface Mark {
  readonly label: string;
  readonly className: string;
  readonly at: number;
}

/** Columns of equal width on the axis: how many quanta fell into each. */
export function costColumns(
  { histogram }: Pick<DeadlineReading, 'histogram'>,
  fromUs: number,
  toUs: number,
  count: number,
): Float64Array {
  const columns = new Float64Array(count);
  const place = (us: number): number => (count * Math.log(us / fromUs)) / Math.log(toUs / fromUs);
  for (const bin of histogram) {
    const from = place(Math.max(bin.fromUs, fromUs));
    const to = Math.max(place(Math.max(bin.toUs, fromUs)), from + 1e-9);
    for (let column = Math.floor(from); column < to; column += 1) {
      const share = (Math.min(to, column + 1) - Math.max(from, column)) / (to - from);
      const inside = Math.min(Math.max(column, 0), count - 1);
      columns[inside] = (columns[inside] ?? 0) + bin.quanta * share;
    }
  }
  return columns;
}

/** Draws the histogram of a reading. @param width In pixels of the page; text keeps its size. */
export function costPlot(reading: DeadlineReading, width: number): SvgNode {
  const axis = axisOf(reading, width);
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'cost-plot',
      role: 'img',
      'aria-label': 'Cost of a quantum: how many quanta took how long',
    },
    ...ticks(axis, width < wideFrom ? [1] : tickSteps),
    ...bars(reading, axis, width),
    ...marks(reading, axis, width),
  );
}

function axisOf({ budgetUs, max }: DeadlineReading, width: number): Axis {
  const mostUs = Math.max(budgetUs * 1.3, (max.valueUs ?? 0) * 1.3, 100);
  const scale = (width - margin.left - margin.right) / Math.log(mostUs / leastUs);
  const x = (us: number): number => margin.left + scale * Math.log(Math.max(us, leastUs) / leastUs);
  return { x, fromUs: leastUs, toUs: mostUs };
}

function ticks({ x, toUs }: Axis, steps: readonly number[]): readonly SvgNode[] {
  const decades = Array.from({ length: Math.ceil(Math.log10(toUs)) }, (_, i) => 10 ** i);
  const places = decades.flatMap((ten) => steps.map((step) => step * ten));
  return places
    .filter((us) => us <= toUs)
    .flatMap((us) => {
      const at = x(us).toFixed(1);
      const bottom = height - margin.bottom;
      const anchor = us === leastUs ? 'start' : us * 1.5 > toUs ? 'end' : 'middle';
      return [
        node('path', { class: 'grid', d: `M${at},${margin.top}V${bottom}` }),
        node(
          'text',
          { class: 'tick', x: at, y: height - 8, 'text-anchor': anchor },
          us === leastUs ? '1 µs' : formatCount(us),
        ),
      ];
    });
}

function bars(reading: DeadlineReading, axis: Axis, width: number): readonly SvgNode[] {
  const across = width - margin.left - margin.right;
  const count = Math.max(1, Math.round(across / columnPx));
  const columns = costColumns(reading, axis.fromUs, axis.toUs, count);
  const most = Math.log10(1 + Math.max(...columns));
  const bottom = height - margin.bottom;
  const budgetColumn = (axis.x(reading.budgetUs) - margin.left) / (across / count);
  const paths = { bar: '', over: '' };
  columns.forEach((quanta, i) => {
    // What the clock's steps leave behind of less than half a quantum is none.
    if (quanta < 0.5 || most === 0) return;
    const tall = Math.max(2, (Math.log10(1 + quanta) / most) * (bottom - margin.top));
    const left = margin.left + (i * across) / count + 0.75;
    const wide = across / count - 1.5;
    const name = i >= budgetColumn ? 'over' : 'bar';
    paths[name] +=
      `M${left.toFixed(1)},${bottom}v${(-tall).toFixed(1)}h${wide.toFixed(1)}V${bottom}z`;
  });
  return [
    node('path', { class: 'floor', d: `M${margin.left},${bottom}H${width - margin.right}` }),
    node('path', { class: 'bar', d: paths.bar }),
    node('path', { class: 'bar over', d: paths.over }),
  ];
}

/** The percentiles that can be measured, and the budget; labels that would touch go to other rows. */
function marks(reading: DeadlineReading, { x }: Axis, width: number): readonly SvgNode[] {
  const found: Mark[] = costMarks.flatMap(({ name, label }) => {
    const { valueUs } = reading[name];
    return valueUs === null ? [] : [{ label, className: name, at: x(valueUs) }];
  });
  if (reading.budgetUs > 0) {
    const label = `budget ${formatCount(Math.round(reading.budgetUs))} µs`;
    found.push({ label, className: 'budget', at: x(reading.budgetUs) });
  }
  const ends = [-Infinity, -Infinity, -Infinity];
  return found
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ label, className, at }) => {
      const long = label.length * textPx;
      const left = at + 4 + long > width ? at - 4 - long : at + 4;
      const row = Math.max(
        0,
        ends.findIndex((end) => end <= left),
      );
      ends[row] = left + long + 6;
      const y = 11 + row * rowPx;
      return [
        node('path', {
          class: `mark ${className}`,
          d: `M${at.toFixed(1)},${y - 9}V${height - margin.bottom}`,
        }),
        node('text', { class: `label ${className}`, x: left.toFixed(1), y }, label),
      ];
    });
}
