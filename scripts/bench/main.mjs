// @ts-check
// The command line of the benchmarks.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError } from '../lib/run.mjs';
import { setup } from '../lib/setup.mjs';
import * as registry from './registry.mjs';
import { linesOf, reportOf, resultOf } from './report.mjs';
import { checkRow, FULL_EFFORT, measureRow } from './runner.mjs';

/** @typedef {import('./benchmark.mjs').Benchmark} Benchmark */
/** @typedef {import('./benchmark.mjs').HostName} HostName */
/** @typedef {import('./benchmark.mjs').Row} Row */

const USAGE = `Usage: npm run bench -- [--only NAME[,NAME]] [--json FILE] [--check]

  --only NAME   benchmarks, groups or single results, separated by commas
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
 * The rows that a list of names asks for: of benchmarks, of groups, of single rows.
 * @param {readonly Benchmark[]} benchmarks
 * @param {string | undefined} only undefined: all of them
 * @returns {Row[]}
 */
export function chosenRows(benchmarks, only) {
  const all = benchmarks.flatMap((benchmark) =>
    benchmark.rows.map((row) => ({
      row,
      names: [row.name, benchmark.name, ...benchmark.groups],
    })),
  );
  if (only === undefined) return all.map(({ row }) => row);
  const wanted = only.split(',');
  const known = [...new Set(all.flatMap(({ names }) => names))];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandError(`--only takes ${known.sort().join(', ')}; was ${unknown.join(', ')}.`);
  }
  return all
    .filter(({ names }) => names.some((name) => wanted.includes(name)))
    .map(({ row }) => row);
}

/**
 * Results are printed as they come.
 * @param {readonly Row[]} rows
 * @param {boolean} checkOnly
 */
async function runAll(rows, checkOnly) {
  const { Hosts } = await import('./hosts/host.mjs');
  const hosts = new Hosts();
  const results = [];
  try {
    for (const row of rows) {
      const result = await runRow(row, hosts, checkOnly);
      if (result !== undefined) results.push(result);
      await hosts.release();
    }
    return reportOf(results, await hosts.version('chromium'));
  } finally {
    await hosts.close();
  }
}

/**
 * @param {Row} row
 * @param {import('./hosts/host.mjs').Hosts} hosts
 * @param {boolean} checkOnly
 */
async function runRow(row, hosts, checkOnly) {
  const hostOf = (/** @type {HostName} */ name) => hosts.get(name);
  const { present, absent } = await checkRow(row, hostOf);
  console.log(`${row.name}: ${present.map(({ name }) => name).join(', ')}: correct`);
  for (const { name } of absent) console.log(`  ${name} is not there and is left out`);
  if (checkOnly) return undefined;
  const result = resultOf(row, await measureRow(row, present, hostOf, FULL_EFFORT));
  console.log(`${linesOf(result)}\n`);
  return result;
}

/** @param {readonly string[]} args */
export async function main(args) {
  const { only, json, check, help } = options(args);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const rows = chosenRows(Object.values(registry), only);
  await setup(check ? 'test' : 'bench');
  const { buildBenchmarks } = await import('./build.mjs');
  await buildBenchmarks();
  const report = await runAll(rows, check);
  if (json === undefined) return;
  const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), json);
  fs.writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`Results: ${file}`);
}
