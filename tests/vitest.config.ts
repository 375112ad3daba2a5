import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { ISOLATION_HEADERS } from '../scripts/lib/headers.mjs';
import { fromRoot, root } from '../scripts/lib/paths.mjs';
import { chromiumOptions } from '../scripts/lib/chromium-options.mjs';
import { workerPackages } from '../scripts/lib/worker-packages.mjs';

// No test asserts a wall time; this only ends one that hangs.
const testTimeout = 120_000;

const inNode = (name: string) => ({
  test: {
    name,
    root,
    testTimeout,
    environment: 'node' as const,
    include: [`tests/${name}/**/*.test.ts`],
  },
});

export default defineConfig({
  test: {
    root,
    projects: [
      inNode('unit'),
      inNode('contract'),
      {
        publicDir: fromRoot('public'),
        // Isolation alone: the runner brings inline scripts, which the page's policy forbids.
        server: { headers: Object.fromEntries(ISOLATION_HEADERS) },
        worker: { format: 'es' },
        optimizeDeps: { include: workerPackages },
        test: {
          name: 'browser',
          root,
          testTimeout,
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
