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
 * Whether the worker keeps such a file. Large ones whose names do not say their content, the speech
 * models, are kept and checked by those who load them.
 * @param {string} name
 * @param {number} bytes
 */
const isKept = (name, bytes) =>
  !UNSERVED.has(name) && (bytes <= MAX_FIRST_BYTES || HASHED.test(name));

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 * @returns {BuiltFile[]} none, if it is not kept
 */
function builtFile(name, content) {
  const bytes = Buffer.byteLength(content);
  if (!isKept(name, bytes)) return [];
  // Hosts may answer for the page's own file with a redirection to its folder.
  const path = name === 'index.html' ? '' : name;
  return [
    {
      path,
      integrity: `sha256-${digest(content)}`,
      keep: bytes > MAX_FIRST_BYTES ? 'used' : 'first',
    },
  ];
}

/** @returns {BuiltFile[]} of what is served as it is */
function publicFiles() {
  const folder = fromRoot('public');
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = `${folder}/${name}`;
    const found = fs.statSync(file);
    return found.isFile() && isKept(name, found.size) ? builtFile(name, fs.readFileSync(file)) : [];
  });
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
