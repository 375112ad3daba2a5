import { describe, expect, test } from 'vitest';
import { costColumns, costPlot } from '../../web/app/draw/cost-plot.ts';
import { glitchAt, lanePlot, lanePx, within } from '../../web/app/draw/glitch-lanes.ts';
import { type SvgNode, svgText } from '../../web/app/draw/svg-node.ts';
import {
  figureInWords,
  formatShare,
  formatUs,
  surestPercentile,
} from '../../web/app/model/deadline-words.ts';
import { glitchInWords, glitchTime } from '../../web/app/model/glitch-words.ts';
import { reportHtml } from '../../web/app/model/report-html.ts';
import { type Report, reportJson, reportMarkdown } from '../../web/app/model/report.ts';
import type { DeadlineFigure, DeadlineReading, Glitch } from '../../web/lib/index.ts';
import { GlitchLog } from '../../web/lib/glitches/glitch-log.ts';

const budgetUs = 2666.7;
const found = (valueUs: number): Extract<DeadlineFigure, { valid: true }> => ({
  valid: true,
  valueUs,
  budgetShare: valueUs / budgetUs,
  reason: null,
});
const missing: Extract<DeadlineFigure, { valid: false }> = {
  valid: false,
  valueUs: null,
  budgetShare: null,
  reason: '7 measured quanta are too few.',
};
const reading: DeadlineReading = {
  ...{ budgetUs, quanta: 6400, measured: 100, refused: 0, coverage: 1 / 64, every: 64 },
  source: { kind: 'temporal', resolutionUs: 5, reason: 'It has the finest steps.' },
  ...{ p50: found(22), p95: found(30), p99: found(60), p999: missing, max: found(3000) },
  mean: { ...found(23), standardErrorUs: 1 },
  dateMean: { ...missing, standardErrorUs: null },
  ...{ overBudget: 1, lastOverBudgetFrame: 128 },
  histogram: [
    { fromUs: 20, toUs: 25, quanta: 99 },
    { fromUs: 2990, toUs: 3010, quanta: 1 },
  ],
};

const times = { audioMs: 12_000, pageMs: 20_000, earlierMs: 0, durationMs: 1000 };
const task: Glitch = {
  ...{ kind: 'long-task', id: 0, ...times },
  ...{ source: 'longtask', invoker: '<img src=x onerror=alert(1)>|`' },
};
const gap: Glitch = {
  ...{ kind: 'missed-quanta', id: 1, ...times, pageMs: 20_500, durationMs: 26.7 },
  ...{ frame: 588_000, frames: 1280 },
};

function report(): Report {
  const log = new GlitchLog(10);
  log.add(task);
  log.add(gap);
  return {
    schema: 'quanta-deadline-report/1',
    at: '2026-11-20T12:00:00.000Z',
    browser: 'A browser </script><b>',
    page: { isolated: true, cores: 2 },
    audio: { sampleRateHz: 48_000, quantumFrames: 128, engine: 'wasm', reason: null },
    telemetry: {
      ...{ quanta: 6400, quantaPerSec: 375, expectedQuantaPerSec: 375, clockRatio: 1 },
      ...{ frames: 819_200, missedFrames: 1280, droppedFrames: 0, badSamples: 0, channelCount: 1 },
      ...{ level: { peakDb: -Infinity, rmsDb: -Infinity }, audioClockSec: 17, driftPpm: null },
      ...{ driftPpmConfidence: null, clockStepsMs: 0, captureLossMs: null, underruns: null },
      ...{ baseLatencyMs: 10, outputLatencyMs: 30 },
    },
    deadline: reading,
    glitches: {
      ...{ fromPageMs: 1000, toPageMs: 30_000, counts: log.counts, total: 2, forgotten: 0 },
      ...{
        events: log.events,
        unavailable: { underrun: 'This browser does not count underruns.' },
      },
    },
    faults: { now: [], past: [] },
    listeners: [],
  };
}

const nodesOf = (node: SvgNode | string): SvgNode[] =>
  typeof node === 'string' ? [] : [node, ...node.children.flatMap(nodesOf)];

describe('the histogram', () => {
  test('holds every quantum, on whatever axis', () => {
    const total = (columns: Float64Array) => columns.reduce((sum, quanta) => sum + quanta, 0);
    expect(total(costColumns(reading, 1, 5000, 40))).toBeCloseTo(100, 9);
    // What lies beyond the ends is in the columns there.
    expect(total(costColumns(reading, 22, 1000, 7))).toBeCloseTo(100, 9);
  });

  test('puts equal ratios at equal distances', () => {
    const binAt = (us: number) => ({ fromUs: us * 1.01, toUs: us * 1.02, quanta: 1 });
    const histogram = [10, 100, 1000].map(binAt);
    const columns = costColumns({ histogram }, 1, 10_000, 40);
    expect([...columns].flatMap((quanta, i) => (quanta > 0 ? [i] : []))).toEqual([10, 20, 30]);
  });

  test('marks what could be measured, and nothing else', () => {
    const labels = nodesOf(costPlot(reading, 900))
      .filter(({ attributes }) => (attributes['class'] ?? '').startsWith('label'))
      .map(({ children }) => children[0]);
    expect(labels).toEqual(['p50', 'p95', 'p99', 'budget 2\u00a0667 µs', 'max']);
  });

  test('draws what took too long as such', () => {
    const over = nodesOf(costPlot(reading, 900)).find(
      ({ attributes }) => attributes['class'] === 'bar over',
    );
    expect(over!.attributes['d']).toMatch(/^M/);
  });
});

describe('the timeline', () => {
  const lanes = {
    kinds: ['missed-quanta', 'long-task'],
    events: [task, gap],
    span: { fromMs: 0, toMs: 60_000 },
    width: 600,
  } as const;

  test('finds the glitch under a point, in its own lane', () => {
    expect(glitchAt(lanes, 205, lanePx * 1.5)).toBe(task);
    expect(glitchAt(lanes, 205, lanePx * 0.5)).toBe(gap);
    expect(glitchAt(lanes, 300, lanePx * 0.5)).toBeNull();
  });

  test('shows what began before it and what is still going on', () => {
    expect(within([task], { fromMs: 20_900, toMs: 30_000 })).toEqual([task]);
    expect(within([task], { fromMs: 21_100, toMs: 30_000 })).toEqual([]);
    expect(within([task], { fromMs: 0, toMs: 19_000 })).toEqual([]);
  });

  test('draws a task as long as it took', () => {
    const drawn = nodesOf(lanePlot({ ...lanes, chosen: null }));
    const lane = drawn.find(({ attributes }) => attributes['class'] === 'lane long-task')!;
    expect((lane.children[1] as SvgNode).attributes['d']).toBe('M200.0,32h10.0v14h-10.0z');
  });
});

describe('words', () => {
  test('say a figure with its share, or why there is none', () => {
    expect(figureInWords(found(31.4))).toBe('31.4 µs, 1.2 % of the budget');
    expect(figureInWords(missing)).toBe('not measurable here: 7 measured quanta are too few.');
    expect([formatUs(2667.4), formatShare(1.048)]).toEqual(['2\u00a0667', '105 %']);
  });

  test('are of the highest percentile that there is', () => {
    expect(surestPercentile(reading)).toEqual({ name: 'p99', figure: found(60) });
    expect(surestPercentile({ ...reading, p99: missing }).name).toBe('p95');
    const none = { ...reading, p99: missing, p95: missing, p50: missing };
    expect(surestPercentile(none)).toEqual({ name: 'p99', figure: missing });
  });

  test('say what happened and when', () => {
    expect(glitchTime(gap)).toBe('00:12.000');
    expect(glitchTime({ ...gap, earlierMs: 100 })).toBe('00:12.000, or up to 100 ms earlier');
    expect(glitchInWords(gap)).toBe(
      'The audio clock passed 1\u00a0280 frames, 26.7 ms, without a call of the processor.',
    );
  });
});

describe('the report', () => {
  test('is JSON that can be read back, silence without a level', () => {
    const read = JSON.parse(reportJson(report())) as Report;
    expect(read.schema).toBe('quanta-deadline-report/1');
    expect(read.deadline.p99).toEqual(found(60));
    expect(read.deadline.p999).toEqual(missing);
    expect(read.telemetry.level).toEqual({ peakDb: null, rmsDb: null });
    expect(read.glitches.events).toHaveLength(2);
  });

  test('is Markdown whose tables nobody’s words can break', () => {
    const text = reportMarkdown(report());
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(3);
    expect(text).toContain('| p99 | 60.0 µs, 2.2 % of the budget |');
    expect(text).toContain('| Output underruns | This browser does not count underruns. |');
    expect(text).not.toMatch(/[^\\]<img/);
  });

  test('is a page without scripts and addresses, in which everything stays text', () => {
    const html = reportHtml(report());
    expect(html).not.toMatch(/<script|<img|<link|src=["h]|href=|url\(/);
    expect(html).not.toContain('</script>');
    expect(html).toContain('&lt;img src=x');
    expect(html).toContain('prefers-color-scheme: dark');
    const addresses = html.match(/https?:\/\/[^"\s]+/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
  });

  test('writes drawings as text', () => {
    const drawing: SvgNode = { tag: 'text', attributes: { x: '"<' }, children: ['a & b'] };
    expect(svgText(drawing)).toBe('<text x="&quot;&lt;">a &amp; b</text>');
  });
});
