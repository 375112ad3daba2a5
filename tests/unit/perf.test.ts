import { describe, expect, test } from 'vitest';
import { CommandError } from '../../scripts/lib/run.mjs';
import { disturbances } from '../../scripts/perf/load.mjs';
import { perfOptions } from '../../scripts/perf/options.mjs';
import { otlpText } from '../../scripts/perf/otlp.mjs';
import type { Load, Part, Result } from '../../scripts/perf/record.mjs';
import { reportLines, reportOf } from '../../scripts/perf/report.mjs';
import { histogramOf, resultOf } from '../../scripts/perf/results.mjs';
import { threadShares } from '../../scripts/perf/threads.mjs';

const quiet: Load = { calibrationMs: [2, 2, 2], stealShare: 0, otherShare: 0.1, cores: 2 };
const fasterMachine: Load = { ...quiet, calibrationMs: [1, 1, 1] };

const quantum = (us: number): Result =>
  resultOf({ name: 'all/quantum', unit: 'us', scale: 'cpu' }, [us, us, us]);
const rate = (perSec: number): Result =>
  resultOf({ name: 'all/quanta-per-second', unit: 'quanta/s', better: 'higher' }, [perSec]);

function part(results: readonly Result[], load = quiet, machine = 'one'): Part {
  const about = { machine, browser: 'known', node: 'v20', commit: 'abc' };
  const date = '2026-01-02T03:04:05.678Z';
  return { name: 'features/all', ...about, date, load, results, details: {} };
}

describe('a performance report', () => {
  test('compares processor time by the calibration load of each run', () => {
    // Half the time on a machine that is twice as fast is the same.
    const report = reportOf([part([quantum(30)], fasterMachine)], [], [part([quantum(60)])]);
    expect(report.compared).toEqual([{ name: 'all/quantum', ratio: 1, worse: false }]);
    expect(report.verdict).toBe('ok');
  });

  test('is worse where the same machine takes half as long again', () => {
    const report = reportOf([part([quantum(45)])], [], [part([quantum(30)])]);
    expect(report).toMatchObject({ verdict: 'worse', compared: [{ ratio: 1.5, worse: true }] });
    expect(reportLines(report).join('\n')).toContain("all/quantum is 1.50 times the baseline's");
  });

  test('is worse where a rate falls, and not where it rises', () => {
    const verdictOf = (now: number): string =>
      reportOf([part([rate(now)])], [], [part([rate(300)])]).verdict;
    expect([verdictOf(200), verdictOf(400)]).toEqual(['worse', 'ok']);
  });

  test.each<[string, Partial<Load>]>([
    ['the calibration load scatters', { calibrationMs: [2, 2, 4, 4] }],
    ['other guests take the processor', { stealShare: 0.1 }],
    ['other programs take the processor', { otherShare: 0.6 }],
  ])('is void, and nothing is worse, where %s', (_what, disturbance) => {
    const disturbed = part([quantum(90)], { ...quiet, ...disturbance });
    const report = reportOf([disturbed], [], [part([quantum(30)])]);
    expect(report).toMatchObject({ verdict: 'void', compared: [], results: [{ void: true }] });
    expect(reportLines(report).join('\n')).toContain('VOID: the machine was disturbed');
  });

  test('counts on where the system tells nothing of other programs', () => {
    expect(disturbances({ ...quiet, stealShare: null, otherShare: null })).toEqual([]);
  });

  test('of several machines has the results of each', () => {
    const report = reportOf([part([quantum(30)]), part([quantum(50)], quiet, 'two')], []);
    expect(report.machine).toBe('one | two');
    expect(report.results.map(({ machine, median }) => [machine, median])).toEqual([
      ['one', 30],
      ['two', 50],
    ]);
  });

  test('of a measurement that failed is failed, whatever else is said', () => {
    const report = reportOf([part([quantum(90)])], ['views: timedOut'], [part([quantum(30)])]);
    expect(report.verdict).toBe('failed');
    expect(report.reasons[0]).toBe('views: timedOut');
  });
});

describe('a histogram', () => {
  test('holds every sample once, in bars half an octave wide', () => {
    const samples = [1, 1.5, 2, 3, 100, 0];
    const { bounds, counts } = histogramOf(samples);
    expect(counts).toHaveLength(bounds.length + 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(samples.length);
    for (let i = 1; i < bounds.length; i += 1) {
      expect(bounds[i]! / bounds[i - 1]!).toBeCloseTo(Math.SQRT2, 9);
    }
  });
});

test('threads of one name in one process count together', () => {
  const before = new Map([['7/1 Worker', 100]]);
  const after = new Map([
    ['7/1 Worker', 150],
    ['7/2 Worker', 50],
    ['8/3 Worker', 25],
  ]);
  const processes = [
    { id: 7, type: 'renderer' },
    { id: 8, type: 'GPU' },
  ];
  expect(threadShares(before, after, 2, processes)).toEqual([
    { process: 'renderer', thread: 'Worker', share: 0.5 },
    { process: 'GPU', thread: 'Worker', share: 0.125 },
  ]);
});

/** The part of OTLP's JSON that is read here: opentelemetry-proto, metrics.proto. */
interface Otlp {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string }[] };
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly unit: string;
        readonly gauge?: { readonly dataPoints: readonly Record<string, unknown>[] };
        readonly histogram?: {
          readonly dataPoints: readonly {
            readonly count: number | string;
            readonly bucketCounts: readonly (number | string)[];
            readonly explicitBounds: readonly number[];
          }[];
        };
      }[];
    }[];
  }[];
}

test('the OpenTelemetry form has gauges and histograms in the JSON of OTLP', () => {
  const samples = [10, 20, 40];
  const histogram = histogramOf(samples);
  const result = { ...resultOf({ name: 'all/quantum', unit: 'us' }, samples), histogram };
  const { resourceMetrics } = JSON.parse(otlpText(reportOf([part([result])], []))) as Otlp;
  expect(resourceMetrics).toHaveLength(1);
  const keys = resourceMetrics[0]!.resource.attributes.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['service.name', 'host.name']));
  const [gauge, bars] = resourceMetrics[0]!.scopeMetrics[0]!.metrics;
  expect(gauge).toMatchObject({ name: 'quanta.all.quantum', unit: 'us' });
  const points = gauge!.gauge!.dataPoints;
  expect(points.map(({ asDouble }) => asDouble)).toContain(20);
  // 64-bit numbers are strings there, and times are nanoseconds.
  expect(points[0]!['timeUnixNano']).toBe('1767323045678000000');
  const [point] = bars!.histogram!.dataPoints;
  expect(Number(point!.count)).toBe(samples.length);
  expect(point!.bucketCounts).toHaveLength(point!.explicitBounds.length + 1);
});

describe('npm run perf', () => {
  test.each([
    [['--seconds', '0'], '--seconds takes a number above 0, up to 3600, was 0.'],
    [['--shard', '1of2'], '--shard takes a part of a whole as 1/2, was 1of2.'],
    [['--merge'], '--merge takes one file or more, and nothing else takes any.'],
    [['a.json'], '--merge takes one file or more, and nothing else takes any.'],
  ])('refuses %j', (args, message) => {
    expect(() => perfOptions(args)).toThrow(new CommandError(message));
  });
});
