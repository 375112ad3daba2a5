// @ts-check
// Installs what is missing: `npm run setup -- [--for start|check|test|bench]`.
import { parseArgs } from 'node:util';
import { CommandError, runMain } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';
import { PURPOSES } from './lib/tools.mjs';

await runMain(async () => {
  const { values } = parseArgs({ options: { for: { type: 'string', default: 'test' } } });
  const purpose = PURPOSES.find((known) => known === values.for);
  if (!purpose) throw new CommandError(`--for takes ${PURPOSES.join(', ')}; was ${values.for}.`);
  await setup(purpose);
  console.log(`Everything for \`${purpose}\` is there.`);
});
