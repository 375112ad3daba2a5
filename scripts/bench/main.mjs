// @ts-check
// The command line of the benchmarks.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError } from '../lib/run.mjs';
import { setup } from '../lib/setup.mjs';

/** @typedef {import('./benchmark.mjs').Benchmark} Benchmark */
/** @typedef {import('./benchmark.mjs').HostName} HostName */

const USAGE = `Usage: npm run bench -- [--only NAME[,NAME]] [--json FILE] [--check]

  --only NAME   benchmarks or groups, separated by commas
  --json FILE   writes the results there too
  --check       asserts that everything computes what it should, and times nothing
`;

/** @param {readonly string[]} args */
function options(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

/**
 * @param {readonly Benchmark[]} benchmarks
 * @param {string | undefined} only
 * @returns {Benchmark[]}
 */
export function chosen(benchmarks, only) {
  if (only === undefined) return [...benchmarks];
  const names = only.split(',');
  /** @param {Benchmark} benchmark */
  const namesOf = ({ name, groups }) => [name, ...groups];
  const known = [...new Set(benchmarks.flatMap(namesOf))];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandError(`--only takes ${known.sort().join(', ')}; was ${unknown.join(', ')}.`);
  }
  return benchmarks.filter((benchmark) => namesOf(benchmark).some((name) => names.includes(name)));
}

/**
 * Results are printed as they come.
 * @param {readonly Benchmark[]} benchmarks
 * @param {boolean} checkOnly
 */
async function runAll(benchmarks, checkOnly) {
  const { Hosts } = await import('./hosts/host.mjs');
  const { linesOf, reportOf, resultOf } = await import('./report.mjs');
  const { checkRow, FULL_EFFORT, measureRow } = await import('./runner.mjs');
  const hosts = new Hosts();
  const hostOf = (/** @type {HostName} */ name) => hosts.get(name);
  const results = [];
  try {
    for (const row of benchmarks.flatMap(({ rows }) => rows)) {
      const { present, absent } = await checkRow(row, hostOf);
      console.log(`${row.name}: ${present.map(({ name }) => name).join(', ')}: correct`);
      for (const { name } of absent) console.log(`  ${name} is not there and is left out`);
      if (!checkOnly) {
        const result = resultOf(row, await measureRow(row, present, hostOf, FULL_EFFORT));
        console.log(`${linesOf(result)}\n`);
        results.push(result);
      }
      await hosts.release();
    }
    return reportOf(results, await hosts.version('chromium'));
  } finally {
    await hosts.close();
  }
}

/** @param {readonly string[]} args */
export async function main(args) {
  const { only, json, check, help } = options(args);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const benchmarks = chosen(Object.values(await import('./registry.mjs')), only);
  await setup(check ? 'test' : 'bench');
  const { buildBenchmarks } = await import('./build.mjs');
  await buildBenchmarks();
  const report = await runAll(benchmarks, check);
  if (json === undefined) return;
  const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), json);
  fs.writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`Results: ${file}`);
}
