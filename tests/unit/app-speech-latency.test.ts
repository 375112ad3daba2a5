import { describe, expect, test } from 'vitest';
import { latencyBars } from '../../web/app/draw/latency-bars.ts';
import type { SvgNode } from '../../web/app/draw/svg-node.ts';
import { utteranceWaterfall } from '../../web/app/draw/utterance-waterfall.ts';
import {
  LatencyBooks,
  latencyPartNames,
  latencyParts,
  type Utterance,
} from '../../web/app/model/speech-latency.ts';

const utterance = (latencyMs: number, text = 'words'): Utterance => ({
  ...{ text, latencyMs, detectionMs: 400, frameMs: 32, handOffMs: 3 },
  ...{ waitMs: 20, encoderMs: 100, decoderMs: 150 },
});

const nodes = ({ children }: SvgNode): SvgNode[] =>
  children.filter((child): child is SvgNode => typeof child === 'object');

const number = ({ attributes }: SvgNode, name: string) => Number(attributes[name]);

describe('the parts of a latency', () => {
  test('come in their order, and add up to the whole', () => {
    const parts = latencyParts(utterance(700));
    expect(parts.map(({ name }) => name)).toEqual([...latencyPartNames]);
    expect(parts.map(({ ms }) => ms)).toEqual([32, 3, 365, 20, 100, 150, 30]);
  });

  test('leave nothing for the event where the model took longer than the sound went on', () => {
    expect(latencyParts(utterance(600)).at(-1)!.ms).toBe(0);
  });

  test('a hand-off that is not known takes nothing, and one that is longer than the wait all of it', () => {
    const unknown = latencyParts({ ...utterance(700), handOffMs: null });
    expect(unknown.map(({ ms }) => ms).slice(0, 3)).toEqual([32, 0, 368]);
    const quick = latencyParts({ ...utterance(700), detectionMs: 33 });
    expect(quick.map(({ ms }) => ms).slice(0, 3)).toEqual([32, 1, 0]);
  });
});

describe('the latencies of a session', () => {
  test('have the percentiles of what was counted', () => {
    const books = new LatencyBooks();
    expect(books.percentile(0.5)).toBeNull();
    for (let i = 1; i <= 20; i += 1) books.add(utterance(i * 50));
    expect(books.percentile(0.5)).toBe(500);
    expect(books.percentile(0.95)).toBe(950);
    expect(books.percentile(1)).toBe(1000);
  });

  test('fall into tenths of a second, and what takes very long into the last bin', () => {
    const books = new LatencyBooks();
    for (const ms of [0, 99, 100, 250, 99_000]) books.add(utterance(ms));
    const bins = books.histogram();
    expect(bins.slice(0, 4).map(({ count }) => count)).toEqual([2, 1, 1, 0]);
    expect(bins.at(-1)).toEqual({ fromMs: 3900, toMs: Infinity, count: 1 });
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });
});

describe('the drawing', () => {
  test('of the utterances has the newest on top, its parts one behind the other', () => {
    const drawn = nodes(utteranceWaterfall([utterance(700), utterance(1400)], 1000));
    const boxes = drawn.filter(({ tag }) => tag === 'rect');
    const top = boxes.filter((box) => number(box, 'y') < 30);
    expect(top.map(({ attributes }) => attributes['class'])).toEqual([...latencyPartNames]);
    for (const [i, box] of top.slice(1).entries()) {
      const before = top[i]!;
      expect(number(box, 'x')).toBeCloseTo(number(before, 'x') + number(before, 'width'), 0);
    }
    const last = top.at(-1)!;
    expect(number(last, 'x') + number(last, 'width')).toBeGreaterThan(900);
    expect(boxes).toHaveLength(2 * latencyPartNames.length);
  });

  test('of the histogram is as tall as the counts, whatever the last bin holds', () => {
    const books = new LatencyBooks();
    for (const ms of [150, 150, 350, 99_000]) books.add(utterance(ms));
    const bars = nodes(latencyBars(books.histogram(), 400)).filter(({ tag }) => tag === 'rect');
    const heights = bars.map((bar) => number(bar, 'height'));
    expect(heights).toHaveLength(3);
    expect(heights[0]).toBeCloseTo(2 * heights[1]!, 0);
    expect(heights[2]).toBe(heights[1]);
    for (const bar of bars)
      expect(number(bar, 'x') + number(bar, 'width')).toBeLessThanOrEqual(400);
  });

  test('of nothing is an axis', () => {
    for (const drawing of [latencyBars([], 400), utteranceWaterfall([], 400)]) {
      expect(nodes(drawing).filter(({ tag }) => tag === 'text').length).toBeGreaterThan(2);
      expect(nodes(drawing).filter(({ tag }) => tag === 'rect')).toEqual([]);
    }
  });
});
