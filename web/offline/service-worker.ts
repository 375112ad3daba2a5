/**
 * Keeps the built page in the browser, so that it opens without a network. It answers only for files of
 * its own edition, and never takes over while another tab runs an older one.
 */
import type { Edition } from './edition.ts';
import { FileStore } from './file-store.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const builtEdition: Edition;

const store = new FileStore(builtEdition, self.registration.scope);

self.addEventListener('install', (event) => event.waitUntil(store.fill()));
self.addEventListener('activate', (event) => event.waitUntil(begin()));
self.addEventListener('fetch', (event) => {
  const answer = store.answer(event);
  if (answer !== null) event.respondWith(answer);
});
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(takeOver(event.ports[0]));
});

/** From the first visit on it sees what is loaded: large files are kept when they are used. */
async function begin(): Promise<void> {
  await store.prune();
  await self.clients.claim();
}

/** Tells the tab that asks whether it is the only one, and then takes over. */
async function takeOver(asker: MessagePort | undefined): Promise<void> {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const alone = tabs.length === 1;
  asker?.postMessage(alone);
  if (alone) await self.skipWaiting();
}
