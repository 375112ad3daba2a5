import { defineConfig } from '@playwright/test';
import { root } from '../../scripts/lib/paths.mjs';
import { chromiumOptions } from '../../scripts/lib/chromium-options.mjs';

/** Not the port of `npm start`, so that both can run; `E2E_PORT` lets two checkouts run at once. */
const PORT = Number(process.env['E2E_PORT'] ?? 5273);

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/e2e',
  // Real-time audio in two browsers at once measures the machine, not the page.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: chromiumOptions(),
    // Else each test would have its browser keep a copy of the page first.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `node_modules/.bin/vite preview --port ${PORT}`,
    cwd: root,
    url: `http://127.0.0.1:${PORT}`,
    reuseExistingServer: false,
  },
});
