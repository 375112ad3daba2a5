/** Where the time of the last utterances went: a row each, a stretch for each part. */
import { formatSpan } from '../format.ts';
import { latencyParts, type Utterance } from '../model/speech-latency.ts';
import { niceStep, ticks } from './axis.ts';
import { node, type SvgNode } from './svg-node.ts';

const rowPx = 30;
const barPx = 14;
const axisPx = 20;
const tickPx = 80;
const textPx = 64;

/** Draws the utterances, the newest on top. @param width In pixels of the page. */
export function utteranceWaterfall(utterances: readonly Utterance[], width: number): SvgNode {
  const rows = utterances.toReversed();
  const longest = Math.max(500, ...rows.map(({ latencyMs }) => latencyMs));
  const scale = Math.max(1, width - textPx) / longest;
  const height = Math.max(1, rows.length) * rowPx + axisPx;
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      class: 'utterances',
      role: 'img',
      'aria-label': 'Where the time of the last utterances went',
    },
    ...times(longest, scale, height),
    ...rows.flatMap((utterance, row) => rowOf(utterance, row, scale)),
  );
}

function times(longest: number, scale: number, height: number): readonly SvgNode[] {
  const step = niceStep(longest, Math.max(2, (longest * scale) / tickPx));
  return ticks(0, longest, step).flatMap((ms) => {
    const x = (ms * scale).toFixed(1);
    const anchor = ms === 0 ? 'start' : 'middle';
    return [
      node('path', { class: 'grid', d: `M${x},0V${height - axisPx}` }),
      node(
        'text',
        { class: 'tick', x, y: height - 6, 'text-anchor': anchor },
        formatSpan(ms / 1000),
      ),
    ];
  });
}

function rowOf(utterance: Utterance, row: number, scale: number): readonly SvgNode[] {
  const top = row * rowPx + (rowPx - barPx) / 2;
  let at = 0;
  const boxes = latencyParts(utterance).map(({ name, ms }) => {
    const x = at;
    at += ms * scale;
    const width = Math.max(0, ms * scale).toFixed(1);
    return node('rect', { class: name, x: x.toFixed(1), y: top, width, height: barPx });
  });
  const total = formatSpan(utterance.latencyMs / 1000);
  const label = { class: 'total', x: (at + 6).toFixed(1), y: top + barPx - 3 };
  return [...boxes, node('text', label, total)];
}
