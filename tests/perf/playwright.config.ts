import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../../scripts/lib/chromium-options.mjs';

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/perf',
  // Two measurements at once would measure each other; but a shard is made of any of them.
  workers: 1,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 600_000,
  use: { launchOptions: chromiumOptions() },
});
