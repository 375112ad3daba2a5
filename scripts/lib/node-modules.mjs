// @ts-check
// The npm packages, exactly as package-lock.json names them.
import { refresh } from './freshness.mjs';
import { run } from './run.mjs';

export async function installNodeModules() {
  const step = {
    stamp: 'node_modules/.lock.sha256',
    inputs: ['package-lock.json'],
    versions: [process.version],
    outputs: ['node_modules/.package-lock.json'],
  };
  await refresh(step, async () => {
    console.log('Installing the npm packages of package-lock.json.');
    await run('npm', ['ci', '--no-audit', '--no-fund'], {
      env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    });
  });
}
