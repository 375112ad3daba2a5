import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report as BenchReport } from '../../scripts/bench/report.mjs';
import type { Certificate } from '../../scripts/certify/certificate.mjs';
import { CommandError } from '../../scripts/lib/run.mjs';
import { freePort } from '../../scripts/lib/serve.mjs';
import type { Report as PerfReport } from '../../scripts/perf/record.mjs';
import { soakOptions } from '../../scripts/soak/options.mjs';
import type { LiveReport } from '../../scripts/soak/report.mjs';
import type { Measurements } from '../accuracy/run.ts';
import { Command } from '../support/commands.ts';
import { FieldSession } from '../support/flight.ts';
import { QuantaFolder } from '../support/quanta.ts';
import { noise, seededRandom } from '../support/random.ts';
import { sine, wavFile } from '../support/wav.ts';

/** Where nothing is fresh, a build comes first. */
const timeout = 300_000;

const title = async (port: number) =>
  /<title>(?<title>.*)<\/title>/.exec(await (await fetch(`http://127.0.0.1:${port}/`)).text())
    ?.groups?.['title'];

describe('npm start', { timeout }, () => {
  test('serves the built page and says where, and what to do next', async () => {
    const port = await freePort();
    await using start = Command.npm(['start', '--', '--port', `${port}`]);
    await start.prints(/Ctrl\+C/);
    expect(start.output).toContain(`http://localhost:${port}`);
    expect(start.output).toContain('press Start');
    expect(await title(port)).toContain('Quanta');
  });

  test('says what to do when the port is taken', async () => {
    const port = await freePort();
    await using first = Command.npm(['start', '--', '--port', `${port}`]);
    await first.prints(/Ctrl\+C/);
    await using second = Command.npm(['start', '--', '--port', `${port}`]);
    expect(await second.exitCode()).toBe(1);
    expect(second.output).toContain(`Port ${port} is taken`);
    expect(second.output).toContain(`npm start -- --port ${port + 1}`);
    expect(second.output).not.toContain('    at ');
  });

  test.each(['0', '65536', '80.5', 'x'])('refuses the port %s', async (port) => {
    await using start = Command.npm(['start', '--', '--port', port]);
    expect(await start.exitCode()).toBe(1);
    expect(start.output).toContain(`--port takes a number from 1 to 65535, was ${port}.`);
  });
});

test('npm run dev serves the sources', { timeout }, async () => {
  const port = await freePort();
  await using dev = Command.npm(['run', 'dev', '--', '--port', `${port}`]);
  await dev.prints(/Ctrl\+C/);
  expect(dev.output).toContain(`http://localhost:${port}`);
  expect(await title(port)).toContain('Quanta');
});

test('npm run build leaves the page in dist/', { timeout }, async () => {
  await using build = Command.npm(['run', 'build']);
  expect(await build.exitCode()).toBe(0);
  expect(build.output).toContain('dist/');
});

test('npm run gen finds nothing to write', { timeout }, async () => {
  await using check = Command.npm(['run', 'gen', '--', '--check']);
  expect(await check.exitCode()).toBe(0);
  await using write = Command.npm(['run', 'gen']);
  expect(await write.exitCode()).toBe(0);
  expect(write.output).toContain('Generated files are fresh.');
});

test('npm run setup finds nothing to install', { timeout }, async () => {
  await using setup = Command.npm(['run', 'setup']);
  expect(await setup.exitCode()).toBe(0);
  expect(setup.output).toContain('Everything for `test` is there.');
  expect(setup.output).not.toContain('Installing');
});

describe('npm run quanta', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());
  const tone = sine(1000, 0.5, 1, 48000);
  folder.write('in.wav', wavFile([tone, tone], 48000, 'int16'));
  const [input, output] = [folder.pathOf('in.wav'), folder.pathOf('out.wav')];

  test('measures files', async () => {
    await using meter = Command.npm(['run', 'quanta', '--', 'meter', input]);
    expect(await meter.exitCode()).toBe(0);
    expect(meter.output).toMatch(/integrated +-6\.0\d LUFS/);
  });

  test('prints JSON alone when npm is silent', async () => {
    await using meter = Command.npm(['run', '-s', 'quanta', '--', 'meter', input, '--json']);
    expect(await meter.exitCode()).toBe(0);
    expect(JSON.parse(meter.output)).toMatchObject({ schema: 1, files: [{ ok: true }] });
  });

  test('resamples a file', async () => {
    const args = ['resample', input, output, '--rate', '16000'];
    await using resample = Command.npm(['run', 'quanta', '--', ...args]);
    expect(await resample.exitCode()).toBe(0);
    expect(await folder.meter('out.wav')).toMatchObject({ rateHz: 16000, frames: 16000 });
  });

  test('analyses a file', async () => {
    const args = ['analyze', input, '--window', '8192'];
    await using analyze = Command.npm(['run', 'quanta', '--', ...args]);
    expect(await analyze.exitCode()).toBe(0);
    expect(analyze.output).toMatch(
      /fundamental +(1000\.00|999\.99)\d{4} Hz ±\S+ +B5 +\+21\.3\d+ cents/,
    );
  });

  test('measures the delay between two files', async () => {
    const sound = noise(20_000, seededRandom(1));
    folder.write('a.wav', wavFile([sound], 48000));
    folder.write('b.wav', wavFile([sound.map((_, i) => sound[i - 48] ?? 0)], 48000));
    const [first, second] = [folder.pathOf('a.wav'), folder.pathOf('b.wav')];
    await using delay = Command.npm(['run', 'quanta', '--', 'delay', first, second]);
    expect(await delay.exitCode()).toBe(0);
    expect(delay.output).toMatch(/delay +(48\.000|47\.999)\d+ samples/);
  });

  test('runs a flight recording again', async () => {
    const field = await FieldSession.start();
    field.run(0.5);
    const recording = folder.pathOf(folder.write('session.flight', field.file));
    await using replay = Command.npm(['run', 'quanta', '--', 'replay', recording]);
    expect(await replay.exitCode()).toBe(0);
    expect(replay.output).toContain('wasm and native: identical in 188 quanta');
  });

  test('finds no speech in a tone', async () => {
    await using vad = Command.npm(['run', 'quanta', '--', 'vad', input]);
    expect(await vad.exitCode()).toBe(0);
    expect(vad.output).toContain('no speech');
  });

  test('explains itself', async () => {
    await using help = Command.npm(['run', 'quanta', '--', '--help']);
    expect(await help.exitCode()).toBe(0);
    expect(help.output).toContain('Usage: npm run quanta -- COMMAND');
  });
});

// Its C++ is built twice first, natively and as WebAssembly.
describe('npm run bench', { timeout: 2 * timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());

  test('asserts that every benchmark and every peer computes what it should', async () => {
    await using bench = Command.npm(['run', 'bench', '--', '--check']);
    expect(await bench.exitCode()).toBe(0);
    expect(bench.output).toMatch(/^bus-write: .*: correct$/m);
  });

  test('writes what it measured', async () => {
    const file = folder.pathOf('bench.json');
    await using bench = Command.npm(['run', 'bench', '--', '--only', 'bus-write', '--json', file]);
    expect(await bench.exitCode()).toBe(0);
    const report = JSON.parse(readFileSync(file, 'utf8')) as BenchReport;
    expect(report).toMatchObject({
      schema: 1,
      machine: expect.stringContaining('cores') as string,
      browser: expect.stringContaining('Chromium') as string,
      commit: expect.any(String) as string,
    });
    expect(report.results.map(({ name }) => name)).toContain('bus-write/16-readers');
    for (const { n, min, median, p95, p99, peers } of report.results) {
      expect(n).toBeGreaterThan(0);
      expect([min, median, p95, p99]).toEqual([min, median, p95, p99].toSorted((a, b) => a - b));
      for (const peer of peers) expect(peer.ratio).toBeCloseTo(peer.median / median, 9);
    }
  });

  test('names the benchmarks when it is asked for one that is not there', async () => {
    await using bench = Command.npm(['run', 'bench', '--', '--only', 'nothing']);
    expect(await bench.exitCode()).toBe(1);
    expect(bench.output).toMatch(/--only takes .*spsc.*; was nothing\./);
  });
});

describe('npm run soak', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());

  test('says what became of every sample, and writes it down', async () => {
    const file = folder.pathOf('live.json');
    const options = ['--minutes', '0.1', '--inputs', '1', '--json', file];
    await using soak = Command.npm(['run', 'soak', '--', ...options]);
    expect(await soak.exitCode()).toBe(0);
    expect(soak.output).toContain('index error 0 samples, unaccounted 0');
    expect(soak.output).toContain('Every promise was kept.');
    const { runs } = JSON.parse(readFileSync(file, 'utf8')) as { runs: readonly LiveReport[] };
    expect(runs).toMatchObject([{ schema: 1, kind: 'live', inputs: 1, load: true, problems: [] }]);
    expect(runs[0]!.commit).toMatch(/^[0-9a-f]{7,}|^unknown/);
  });

  test('runs on a quiet machine too', async () => {
    const options = ['--minutes', '0.1', '--inputs', '1', '--quiet'];
    await using soak = Command.npm(['run', 'soak', '--', ...options]);
    expect(await soak.exitCode()).toBe(0);
    expect(soak.output).toContain('load off');
  });

  test('runs without a browser, faster than time', async () => {
    await using soak = Command.npm(['run', 'soak', '--', '--offline', '--hours', '0.05']);
    expect(await soak.exitCode()).toBe(0);
    expect(soak.output).toContain('0.05 h of audio');
    expect(soak.output).toContain('Every promise was kept.');
  });

  test.each([
    [['--inputs', '2'], '--inputs takes 1 or 8, was 2.'],
    [['--minutes', '0'], '--minutes takes a number above 0, up to 1440, was 0.'],
    [['--hours', '1'], '--hours does not go without --offline.'],
    [['--offline', '--minutes', '1'], '--minutes does not go with --offline.'],
  ])('refuses %j', (args, message) => {
    expect(() => soakOptions(args)).toThrow(new CommandError(message));
  });
});

describe('npm run certify', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());
  const [json, html] = [folder.pathOf('certificate.json'), folder.pathOf('certificate.html')];

  test('certifies a run with everything on, and signs it off', async () => {
    const options = ['--minutes', '0.1', '--json', json, '--html', html];
    await using certify = Command.npm(['run', 'certify', '--', ...options]);
    expect(await certify.exitCode()).toBe(0);
    expect(certify.output).toContain('unaccounted samples: 0 frames and chunks');
    const certificate = JSON.parse(readFileSync(json, 'utf8')) as Certificate;
    expect(certificate).toMatchObject({ schema: 1, verdict: 'pass', full: false });
    expect(certificate.files.map(({ name }) => name)).toContain('engine.wasm');
    expect(readFileSync(html, 'utf8')).toContain(certificate.signedOff.digest);
  });

  test('notices a certificate that was altered', async () => {
    await using verify = Command.npm(['run', 'certify', '--', '--verify', json]);
    expect([await verify.exitCode(), verify.output]).toEqual([
      0,
      expect.stringContaining('as it was'),
    ]);
    writeFileSync(json, readFileSync(json, 'utf8').replace('"quanta": ', '"quanta": 1'));
    await using again = Command.npm(['run', 'certify', '--', '--verify', json]);
    expect([await again.exitCode(), again.output]).toEqual([1, expect.stringContaining('ALTERED')]);
  });

  test('explains itself', async () => {
    await using help = Command.npm(['run', 'certify', '--', '--help']);
    expect([await help.exitCode(), help.output]).toEqual([0, expect.stringContaining('Usage:')]);
  });
});

describe('npm run perf', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());
  const [json, base, otlp] = ['perf.json', 'base.json', 'otlp.json'].map((name) =>
    folder.pathOf(name),
  ) as [string, string, string];
  const read = (file: string): PerfReport => JSON.parse(readFileSync(file, 'utf8')) as PerfReport;

  test('measures the start, and writes a report, a baseline and metrics', async () => {
    const files = ['--json', json, '--save-baseline', base, '--otlp', otlp];
    await using perf = Command.npm(['run', 'perf', '--', '--only', 'start-up', ...files]);
    expect(await perf.exitCode()).toBe(0);
    const { schema, verdict, results } = read(json);
    expect([schema, read(base).schema]).toEqual([1, 1]);
    expect(['ok', 'void']).toContain(verdict);
    const names = results.map(({ name }) => name);
    expect(names).toContain('start-up/click-to-first-quantum');
    expect(names).toContain('size/engine.wasm-gzipped');
    expect(readFileSync(otlp, 'utf8')).toContain('quanta.start.up.loaded.gzipped');
  });

  test('makes one report of several', async () => {
    const merged = folder.pathOf('merged.json');
    const options = ['--merge', json, base, '--json', merged];
    await using perf = Command.npm(['run', 'perf', '--', ...options]);
    expect(await perf.exitCode()).toBe(0);
    expect(read(merged).parts).toHaveLength(2);
  });

  test('says what is no report', async () => {
    await using perf = Command.npm(['run', 'perf', '--', '--baseline', otlp]);
    expect(await perf.exitCode()).toBe(1);
    expect(perf.output).toContain('is no performance report');
  });
});

describe('npm run accuracy', { timeout }, () => {
  const folder = new QuantaFolder();
  afterAll(() => folder[Symbol.dispose]());

  test('finds every bar of accuracy met, and writes figures and a report', async () => {
    const [json, html] = [folder.pathOf('accuracy.json'), folder.pathOf('accuracy.html')];
    const options = ['--quick', '--json', json, '--html', html];
    await using accuracy = Command.npm(['run', 'accuracy', '--', ...options]);
    expect(await accuracy.exitCode()).toBe(0);
    const { schema, bars, sweeps } = JSON.parse(readFileSync(json, 'utf8')) as Measurements & {
      schema: number;
    };
    expect(schema).toBe(1);
    expect(bars.length).toBeGreaterThan(8);
    expect(bars.filter(({ value, limit }) => !(value <= limit))).toEqual([]);
    // Noise moves every estimate by a bound: figures far below it would be no measurement.
    for (const { rmsToBound } of sweeps.find(({ name }) => name === 'tone-30-db')!.estimators) {
      expect(rmsToBound).toBeGreaterThan(0.85);
    }
    expect(readFileSync(html, 'utf8')).toContain('<svg ');
  });
});

describe('npm test', { timeout }, () => {
  test('ends with a line that sums up', async () => {
    await using run = Command.npm(['test', '--', '--only', 'unit']);
    expect(await run.exitCode()).toBe(0);
    expect(run.output.trim().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
  });

  test('names the suites when it is asked for one that is not there', async () => {
    await using run = Command.npm(['test', '--', '--only', 'unit,nothing']);
    expect(await run.exitCode()).toBe(1);
    expect(run.output).toMatch(/--only takes check, native, .*; was nothing\./);
  });
});
