import { defineConfig } from 'vite';
import { licences } from './scripts/lib/licence-plugin.mjs';
import { offlinePage } from './scripts/lib/offline-plugin.mjs';
import { securityHeaders } from './scripts/lib/headers-plugin.mjs';
import { fromRoot } from './scripts/lib/paths.mjs';
import { chosenRadioPorts, webcastProxy } from './scripts/lib/webcast-proxy.mjs';
import { workerPackages } from './scripts/lib/worker-packages.mjs';

/** On this machine only, under one address for dev and preview. */
const address = { host: '127.0.0.1', port: 5173, strictPort: true, cors: false };

/** To the radio of `npm run radio`, where one runs. */
const proxy = webcastProxy(chosenRadioPorts());

const served = ['web', 'worklet', 'public', 'build/fallback', 'node_modules'];

/** One file: cut where later views share it, it would be more bytes. The service worker is its own. */
const firstLoad = {
  name: 'first-load',
  tags: ['$initial' as const],
  test: /\/web\/(app|lib|shared)\//,
};

export default defineConfig({
  root: fromRoot('web'),
  publicDir: fromRoot('public'),
  // A path that is not there is a 404, not the page.
  appType: 'mpa',
  plugins: [licences(), securityHeaders(), offlinePage()],
  build: {
    outDir: fromRoot('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // An inlined worklet is a data: URL, which the content security policy blocks.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [firstLoad] } } },
  },
  worker: { format: 'es' },
  optimizeDeps: { include: workerPackages },
  server: { ...address, proxy, fs: { allow: served.map((room) => fromRoot(room)) } },
  preview: { ...address, proxy },
});
