/** Glitches over time, a lane for each kind. */
import type { Glitch, GlitchKind } from '../../lib/index.ts';
import { niceStep, ticks } from './axis.ts';
import { node, type SvgNode } from './svg-node.ts';

/** Height of a lane, which is that of its label beside it. */
export const lanePx = 26;
const axisPx = 22;
const tickPx = 90;
const leastPx = 3;
const reachPx = 8;

/** A stretch of the page's clock. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is drawn. */
export interface Lanes {
  readonly kinds: readonly GlitchKind[];
  readonly events: readonly Glitch[];
  readonly span: Span;
  /** In pixels of the page. */
  readonly width: number;
  /** The glitch that is looked at. */
  readonly chosen: Glitch | null;
}

/** Glitches that show in a stretch of time. */
export function within(events: readonly Glitch[], { fromMs, toMs }: Span): readonly Glitch[] {
  return events.filter(({ pageMs, durationMs }) => pageMs + durationMs >= fromMs && pageMs <= toMs);
}

/** Draws the lanes. */
export function lanePlot(lanes: Lanes): SvgNode {
  const { kinds, width, chosen } = lanes;
  const height = kinds.length * lanePx + axisPx;
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'glitch-lanes',
      role: 'img',
      'aria-label': 'Glitches over time, a lane for each kind',
    },
    ...kinds.map((_, lane) =>
      node('path', { class: 'grid', d: `M0,${(lane + 1) * lanePx - 0.5}H${width}` }),
    ),
    ...times(lanes),
    ...kinds.map((kind, lane) => laneOf(kind, lane, lanes)),
    ...(chosen === null ? [] : [hairline(chosen, lanes)]),
  );
}

/** The glitch under a point, or beside it. @param x @param y In pixels of the drawing. */
export function glitchAt(lanes: Omit<Lanes, 'chosen'>, x: number, y: number): Glitch | null {
  const kind = lanes.kinds[Math.floor(y / lanePx)];
  let best: Glitch | null = null;
  let nearest = reachPx;
  for (const event of lanes.events) {
    if (event.kind !== kind) continue;
    const [left, right] = edges(event, lanes);
    const distance = Math.max(left - x, x - right, 0);
    if (distance <= nearest) [best, nearest] = [event, distance];
  }
  return best;
}

function place(ms: number, { span, width }: Omit<Lanes, 'chosen'>): number {
  return (width * (ms - span.fromMs)) / (span.toMs - span.fromMs);
}

function edges(event: Glitch, lanes: Omit<Lanes, 'chosen'>): [number, number] {
  const left = place(event.pageMs, lanes);
  const right = Math.max(place(event.pageMs + event.durationMs, lanes), left + leastPx);
  return [Math.max(left, 0), Math.min(right, lanes.width)];
}

function laneOf(kind: GlitchKind, lane: number, lanes: Lanes): SvgNode {
  const top = lane * lanePx + 6;
  const tall = lanePx - 12;
  const shapes = { sure: '', maybe: '' };
  for (const event of within(lanes.events, lanes.span)) {
    if (event.kind !== kind) continue;
    const [left, right] = edges(event, lanes);
    shapes.sure += box(left, right, top, tall);
    const early = Math.max(0, place(event.pageMs - event.earlierMs, lanes));
    if (left - early > 1) shapes.maybe += box(early, left, top + tall / 2 - 1, 2);
  }
  return node(
    'g',
    { class: `lane ${kind}` },
    node('path', { class: 'maybe', d: shapes.maybe }),
    node('path', { class: 'sure', d: shapes.sure }),
  );
}

function box(left: number, right: number, top: number, tall: number): string {
  const wide = (right - left).toFixed(1);
  return `M${left.toFixed(1)},${top}h${wide}v${tall}h-${wide}z`;
}

function hairline(chosen: Glitch, lanes: Lanes): SvgNode {
  const [left, right] = edges(chosen, lanes);
  const bottom = lanes.kinds.length * lanePx;
  const wide = Math.max(right - left, leastPx).toFixed(1);
  return node('path', { class: 'chosen', d: `M${left.toFixed(1)},0V${bottom}h${wide}V0z` });
}

function times({ span, width, kinds }: Lanes): readonly SvgNode[] {
  const { fromMs, toMs } = span;
  const sec = (toMs - fromMs) / 1000;
  const step = Math.max(1, niceStep(sec, Math.max(2, width / tickPx)));
  const bottom = kinds.length * lanePx;
  return ticks(-sec, 0, step).flatMap((ago) => {
    const at = width * (1 + ago / sec);
    const anchor = at < 20 ? 'start' : at > width - 20 ? 'end' : 'middle';
    const x = at.toFixed(1);
    return [
      node('path', { class: 'grid', d: `M${x},0V${bottom}` }),
      node(
        'text',
        { class: 'tick', x, y: bottom + 15, 'text-anchor': anchor },
        ago === 0 ? 'now' : agoInWords(-ago),
      ),
    ];
  });
}

function agoInWords(sec: number): string {
  return sec % 60 === 0 ? `−${sec / 60} min` : `−${sec} s`;
}
