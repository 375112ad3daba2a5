// @ts-check
// The service worker of the built page: `sw.js`, with the list of all files that the build consists of.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { SECURITY_HEADERS } from './headers.mjs';
import { fromRoot } from './paths.mjs';

const WORKER = 'sw.js';

/** A file that is larger is kept when it is used, if its name says its content. */
const MAX_FIRST_BYTES = 1_000_000;
const HASHED = /^assets\//;

/** For the server, not for the browser. */
const UNSERVED = new Set(['_headers', WORKER]);

/** @typedef {import('../../web/offline/edition.ts').BuiltFile} BuiltFile */

/** @param {string | Uint8Array} content */
const digest = (content) => createHash('sha256').update(content).digest('base64');

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 * @returns {BuiltFile[]} none, if the browser need not or cannot keep it
 */
function builtFile(name, content) {
  const large = Buffer.byteLength(content) > MAX_FIRST_BYTES;
  if (UNSERVED.has(name) || (large && !HASHED.test(name))) return [];
  // Hosts may answer for the page's own file with a redirection to its folder.
  const path = name === 'index.html' ? '' : name;
  return [{ path, integrity: `sha256-${digest(content)}`, keep: large ? 'used' : 'first' }];
}

/** @returns {BuiltFile[]} of what is served as it is */
function publicFiles() {
  const folder = fromRoot('public');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(`${folder}/${name}`).isFile())
    .flatMap((name) => builtFile(name, fs.readFileSync(`${folder}/${name}`)));
}

/**
 * What the worker knows of its build.
 * @param {readonly BuiltFile[]} files
 * @returns {import('../../web/offline/edition.ts').Edition}
 */
const editionOf = (files) => ({
  headers: digest(JSON.stringify(SECURITY_HEADERS)),
  files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
});

/** In development there is nothing to keep: what `npm start` left under this address goes. */
const RETIREMENT = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(retire()));
async function retire() {
  await self.registration.unregister();
  for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url);
}
`;

/** @returns {import('vite').Plugin} */
export function offlinePage() {
  return {
    name: 'quanta-offline',
    config: () => ({
      build: {
        rolldownOptions: {
          input: {
            index: fromRoot('web/index.html'),
            sw: fromRoot('web/offline/service-worker.ts'),
          },
          output: {
            entryFileNames: ({ name }) => (name === 'sw' ? WORKER : 'assets/[name]-[hash].js'),
          },
        },
      },
    }),
    configureServer: ({ middlewares }) =>
      void middlewares.use(`/${WORKER}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript').end(RETIREMENT);
      }),
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[WORKER];
        if (worker?.type !== 'chunk') return;
        const built = Object.values(bundle).flatMap((file) =>
          builtFile(file.fileName, file.type === 'chunk' ? file.code : file.source),
        );
        const edition = editionOf([...built, ...publicFiles()]);
        worker.code = worker.code.replace('builtEdition', () => JSON.stringify(edition));
      },
    },
  };
}
