import { expect, test } from 'vitest';
import { errorPlot } from '../../web/app/draw/error-plot.ts';
import type { SvgNode } from '../../web/app/draw/svg-node.ts';

const plot = (points: readonly { hz: number; cents: number }[], kind: 'dots' | 'line' = 'dots') =>
  errorPlot({ label: 'x', fromHz: 20, toHz: 20_000, series: [{ className: 's', kind, points }] });

const traceOf = ({ children }: SvgNode): string => {
  const last = children.at(-1);
  return typeof last === 'object' ? last.attributes['d']! : '';
};

const places = (svg: SvgNode) =>
  [...traceOf(svg).matchAll(/(?<x>[\d.]+),(?<y>[\d.]+)/g)].map(({ groups }) => [
    Number(groups!['x']),
    Number(groups!['y']),
  ]);

test('equal ratios of frequency and of error are equal distances', () => {
  const [a, b, c] = places(
    plot([
      { hz: 200, cents: 1e-6 },
      { hz: 400, cents: -1e-4 },
      { hz: 800, cents: 1e-2 },
    ]),
  );
  expect(c![0]! - b![0]!).toBeCloseTo(b![0]! - a![0]!, 0);
  expect(a![1]! - b![1]!).toBeCloseTo(b![1]! - c![1]!, 0);
  expect(a![1]!).toBeGreaterThan(c![1]!);
});

test('dots stand alone and lines go through', () => {
  const points = [
    { hz: 100, cents: 1 },
    { hz: 200, cents: 2 },
  ];
  expect(traceOf(plot(points)).match(/M/g)).toHaveLength(2);
  expect(traceOf(plot(points, 'line'))).toMatch(/^M[\d.,]+L[\d.,]+$/);
});

test('an error of nothing lies at the foot, and an enormous one at the top', () => {
  const [zero, huge] = places(
    plot([
      { hz: 100, cents: 0 },
      { hz: 200, cents: 1e9 },
    ]),
  );
  expect(zero![1]).toBeGreaterThan(huge![1]!);
  expect(huge![1]).toBeCloseTo(30, 0);
});

test('without points there are axes', () => {
  const texts = plot([]).children.filter(
    (child) => typeof child === 'object' && child.tag === 'text',
  );
  expect(texts.length).toBeGreaterThan(6);
});
