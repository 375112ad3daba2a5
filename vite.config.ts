import { defineConfig } from 'vite';
import { fromRoot } from './scripts/lib/paths.mjs';

export default defineConfig({
  root: fromRoot('web'),
  publicDir: fromRoot('public'),
  appType: 'mpa',
  build: {
    outDir: fromRoot('dist'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    strictPort: true,
    fs: {
      allow: ['web', 'worklet', 'build/fallback', 'node_modules'].map((room) => fromRoot(room)),
    },
  },
  preview: { port: 5173, strictPort: true },
});
