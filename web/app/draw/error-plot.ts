/** Errors over frequency as a drawing, for the page and for reports alike. */

import { node, type SvgNode } from './svg-node.ts';

/** Some values over frequency. */
export interface PlotSeries {
  /** Its class in the style sheet. */
  readonly className: string;
  /** Dots, or a line through the points in their order. */
  readonly kind: 'dots' | 'line';
  readonly points: readonly { readonly hz: number; readonly cents: number }[];
}

/** What is drawn, and over which frequencies. */
export interface ErrorPlot {
  readonly label: string;
  readonly fromHz: number;
  readonly toHz: number;
  readonly series: readonly PlotSeries[];
}

const [width, height] = [720, 300];
const margin = { left: 58, right: 12, top: 30, bottom: 34 };
// Smaller errors are drawn here: nothing measures them.
const leastExponent = -9;
const mostExponent = 4;

type Scale = (value: number) => number;

const decades = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The decades that hold all errors, at least three. */
function exponents(series: readonly PlotSeries[]): [number, number] {
  let [low, high] = [mostExponent, leastExponent];
  for (const { cents } of series.flatMap(({ points }) => points)) {
    const exponent = Math.log10(Math.max(Math.abs(cents), 10 ** leastExponent));
    low = Math.min(low, Math.floor(exponent));
    high = Math.max(high, Math.ceil(exponent));
  }
  if (low > high) [low, high] = [-6, 0];
  high = Math.min(Math.max(high, low + 3), mostExponent);
  return [low, high];
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻³ for -3. */
function powerOfTen(exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), (digit) => superscripts[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}

const inHz = (hz: number): string => (hz < 1000 ? String(hz) : `${hz / 1000}k`);

function levelLines(low: number, high: number, y: Scale): readonly SvgNode[] {
  return decades(low, high).flatMap((exponent) => {
    const at = y(10 ** exponent);
    return [
      node('path', { class: 'grid', d: `M${margin.left},${at}H${width - margin.right}` }),
      node('text', { x: margin.left - 6, y: at + 4, 'text-anchor': 'end' }, powerOfTen(exponent)),
    ];
  });
}

function frequencyLines({ fromHz, toHz }: ErrorPlot, x: Scale): readonly SvgNode[] {
  const marks = decades(0, 5).flatMap((exponent) => [1, 2, 5].map((n) => n * 10 ** exponent));
  return marks
    .filter((hz) => hz >= fromHz && hz <= toHz)
    .flatMap((hz) => {
      const at = x(hz).toFixed(1);
      return [
        node('path', { class: 'grid', d: `M${at},${margin.top}V${height - margin.bottom}` }),
        node('text', { x: at, y: height - margin.bottom + 16, 'text-anchor': 'middle' }, inHz(hz)),
      ];
    });
}

// A dot is a stroke without length, with round ends: all of a series are one path.
function trace({ className, kind, points }: PlotSeries, x: Scale, y: Scale): SvgNode {
  const steps = points.map(({ hz, cents }, i) => {
    const place = `${x(hz).toFixed(1)},${y(Math.abs(cents)).toFixed(1)}`;
    if (kind === 'dots') return `M${place}h0`;
    return `${i === 0 ? 'M' : 'L'}${place}`;
  });
  return node('path', { class: `${kind} ${className}`, d: steps.join('') });
}

/** Draws the sizes of errors in cents over frequency, both in decades. */
export function errorPlot(plot: ErrorPlot): SvgNode {
  const { fromHz, toHz, series, label } = plot;
  const [low, high] = exponents(series);
  const across = width - margin.left - margin.right;
  const down = height - margin.top - margin.bottom;
  const x: Scale = (hz) => margin.left + (across * Math.log(hz / fromHz)) / Math.log(toHz / fromHz);
  const y: Scale = (cents) => {
    const exponent = Math.log10(Math.max(cents, 10 ** low));
    return margin.top + (down * (high - Math.min(exponent, high))) / (high - low);
  };
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'error-plot',
      role: 'img',
      'aria-label': label,
    },
    ...levelLines(low, high, y),
    ...frequencyLines(plot, x),
    node('text', { x: width - margin.right, y: height - 4, 'text-anchor': 'end' }, 'Hz'),
    node('text', { x: 4, y: margin.top - 14 }, 'cents'),
    ...series.map((each) => trace(each, x, y)),
  );
}
