import { describe, expect, test } from 'vitest';
import type { Benchmark, Contestant, Row } from '../../scripts/bench/benchmark.mjs';
import { ContestantTable, type Program } from '../../scripts/bench/contestant-table.mjs';
import type { Kernels } from '../../scripts/bench/kernels.mjs';
import { chosenRows } from '../../scripts/bench/main.mjs';
import * as registry from '../../scripts/bench/registry.mjs';
import { linesOf, resultOf } from '../../scripts/bench/report.mjs';
import { checkRow, measureRow } from '../../scripts/bench/runner.mjs';
import { percentile, summarize } from '../../scripts/bench/statistics.mjs';

const benchmarks: readonly Benchmark[] = Object.values(registry);

/** A host whose contestants take a known time per operation. */
class KnownHost {
  readonly version = 'known 1';
  readonly calls: string[] = [];
  readonly #nanoseconds: Readonly<Record<string, number>>;

  constructor(nanoseconds: Readonly<Record<string, number>>) {
    this.#nanoseconds = nanoseconds;
  }

  check(code: string): Promise<boolean> {
    return Promise.resolve(code in this.#nanoseconds);
  }

  time(code: string, operations: number): Promise<number> {
    this.calls.push(code);
    return Promise.resolve(operations * (this.#nanoseconds[code] ?? NaN));
  }

  timeEach(code: string, operations: number): Promise<number[]> {
    const each = this.#nanoseconds[code] ?? NaN;
    return Promise.resolve(Array.from({ length: operations }, (_, i) => each * (1 + i)));
  }

  release = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
}

const contestant = (code: string): Contestant => ({ name: `the ${code}`, host: 'node', code });

const row: Row = {
  name: 'row',
  operation: 'nothing',
  unit: 'us',
  ours: contestant('ours'),
  peers: [contestant('peer'), contestant('missing')],
  bars: [{ median: 2 }, { peer: 'the peer', ratio: 3 }, { peer: 'the missing', ratio: 1 }],
};

describe('a sample set', () => {
  test('has the median, the percentiles by nearest rank, the mean and the least', () => {
    const samples = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(summarize(samples)).toEqual({
      n: 200,
      min: 1,
      mean: 100.5,
      median: 100.5,
      p95: 190,
      p99: 198,
      max: 200,
    });
  });

  test('of one sample is that sample', () => {
    expect(summarize([7])).toEqual({ n: 1, min: 7, mean: 7, median: 7, p95: 7, p99: 7, max: 7 });
  });

  test('must not be empty', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

describe('a row', () => {
  const host = new KnownHost({ ours: 1000, peer: 2500 });
  const hostOf = (): Promise<KnownHost> => Promise.resolve(host);

  test('is measured in turns, and each contestant is first in turn', async () => {
    const { present, absent } = await checkRow(row, hostOf);
    expect(absent.map(({ code }) => code)).toEqual(['missing']);
    const measured = await measureRow(row, present, hostOf, { rounds: 4, sampleMs: 1 });
    const order = ['ours', 'peer', 'peer', 'ours'];
    expect(host.calls.slice(-8)).toEqual([...order, ...order]);
    expect(measured.n).toBe(4);
    expect(measured.median).toBeCloseTo(1, 9);
    expect(measured.peers).toEqual([
      { name: 'the peer', version: 'known 1', median: 2.5, ratio: 2.5 },
    ]);
  });

  test('may have an effort of its own', async () => {
    const short = { ...row, effort: { rounds: 2 } };
    const { present } = await checkRow(short, hostOf);
    const measured = await measureRow(short, present, hostOf, { rounds: 4, sampleMs: 1 });
    expect(measured.n).toBe(2);
  });

  test('says of each bar whether it is met, and nothing without the peer', async () => {
    const { present } = await checkRow(row, hostOf);
    const result = resultOf(
      row,
      await measureRow(row, present, hostOf, { rounds: 3, sampleMs: 1 }),
    );
    expect(result.bars.map(({ met }) => met)).toEqual([true, false, null]);
    expect(linesOf(result)).toMatch(/3 times as fast as the peer: MISSED/);
  });

  test('whose operations are timed one by one is judged by their mean and percentile', async () => {
    const bars = [
      { single: 'mean', most: 2.5 },
      { single: 'p99', most: 3.5 },
    ] as const;
    const single = { ...row, bars, singles: 4 };
    const { present } = await checkRow(single, hostOf);
    const measured = await measureRow(single, present, hostOf, { rounds: 2, sampleMs: 1 });
    // 1, 2, 3 and 4 µs, twice; the peer's are 2.5 times that.
    expect(measured.single).toMatchObject({ n: 8, mean: 2.5, p99: 4 });
    expect(measured.peers[0]!.single).toMatchObject({ n: 8, mean: 6.25 });
    const result = resultOf(single, measured);
    expect(result.bars.map(({ met }) => met)).toEqual([true, false]);
    expect(linesOf(result)).toContain('one by one: mean 2.50 us');
  });

  test('with a contestant that is wrong is an error that names it', async () => {
    const wrong = new KnownHost({});
    wrong.check = () => Promise.reject(new Error('1 + 1 was 3'));
    const checked = checkRow(row, () => Promise.resolve(wrong));
    await expect(checked).rejects.toThrow('the ours (ours on node) is wrong: 1 + 1 was 3');
  });

  test('whose own contestant is not there is an error', async () => {
    const lonely = { ...row, ours: contestant('missing') };
    await expect(checkRow(lonely, hostOf)).rejects.toThrow('no missing on node');
  });
});

describe('a contestant', () => {
  const table = (program: Program) =>
    new ContestantTable(
      {} as unknown as Kernels,
      { module: () => Promise.resolve({ contestants: { name: () => program } }) },
      (name) => Promise.reject(new Error(`There is no ${name}.`)),
    );

  test('that computes something wrong is never timed', async () => {
    const wrong = table({
      check: () => {
        throw new Error('wrong');
      },
      run: () => undefined,
    });
    await expect(wrong.check('js:module/name')).rejects.toThrow('wrong');
  });

  test('that works asynchronously is waited for', async () => {
    let done = 0;
    const slow = table({
      check: () => undefined,
      run: async (operations) => {
        await new Promise(setImmediate);
        done += operations;
      },
    });
    await slow.check('js:module/name');
    const before = done;
    await slow.time('js:module/name', 7);
    expect(done).toBe(before + 7);
    await slow.timeEach('js:module/name', 3);
    expect(done).toBe(before + 10);
  });

  test('must be checked before it is timed', async () => {
    const unchecked = table({ check: () => undefined, run: () => undefined });
    await expect(unchecked.time('js:module/name', 1)).rejects.toThrow('was not checked');
  });

  test('timed one by one has a time for each of its operations', async () => {
    const runs: number[] = [];
    const counting = table({ check: () => undefined, run: (count) => void runs.push(count) });
    await counting.check('js:module/name');
    runs.length = 0;
    const each = await counting.timeEach('js:module/name', 5);
    expect(runs).toEqual([1, 1, 1, 1, 1]);
    expect(each).toHaveLength(5);
    expect(each.every((nanoseconds) => nanoseconds >= 0)).toBe(true);
  });

  test('that is not there is no error', async () => {
    expect(await table({ check: () => undefined, run: () => undefined }).check('js:a/b')).toBe(
      false,
    );
  });
});

describe('the registry', () => {
  const rows = benchmarks.flatMap((benchmark) => benchmark.rows);

  test('gives every result a name of its own', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test('has only bars whose peer is in the row', () => {
    const strange = rows.flatMap(({ bars, peers }) =>
      bars.filter((bar) => 'peer' in bar && !peers.some(({ name }) => name === bar.peer)),
    );
    expect(strange).toEqual([]);
  });

  test('is searched by names of groups, benchmarks and results', () => {
    const names = (only: string): string[] => chosenRows(benchmarks, only).map(({ name }) => name);
    expect(names('bus')).toEqual(
      expect.arrayContaining(['bus-write', 'spsc', 'resampler', 'mixer-8']),
    );
    expect(names('spsc,mixer-8')).toEqual(expect.arrayContaining(['mixer-8', 'spsc/1024x2']));
    expect(names('spsc/1024x2')).toEqual(['spsc/1024x2']);
    const promised = ['fft-32768', 'bus-write', 'spsc', 'resampler', 'mixer-8', 'analysis']
      .concat(['hypotheses-frequency', 'hypotheses-time', 'quantum-all'])
      .filter((name) => names(name).length === 0);
    expect(promised).toEqual([]);
    expect(() => names('spsc,nothing')).toThrow(/--only takes .*; was nothing\./);
  });
});
