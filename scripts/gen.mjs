// @ts-check
// Writes the generated files; with --check it only fails when one of them is stale.
import { parseArgs } from 'node:util';
import { assertFresh, writeStaleFiles } from './lib/generated-files.mjs';
import { runMain } from './lib/run.mjs';

async function check() {
  await assertFresh();
  console.log('Generated files are fresh.');
}

async function write() {
  const written = await writeStaleFiles();
  console.log(written.length > 0 ? `Wrote ${written.join(', ')}.` : 'Generated files are fresh.');
}

await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  await (values.check ? check() : write());
});
