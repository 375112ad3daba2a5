/** The Broadcast view's parts, made known to the browser: a file that only this view loads. */
import '../styles/broadcast.css';
import { LiveBroadcastDesk } from '../model/live-broadcast-desk.ts';
import { BroadcastPanel } from './broadcast-panel.ts';
import { BroadcastStatusPanel } from './broadcast-status-panel.ts';
import { BroadcastView } from './broadcast-view.ts';
import { SongPanel } from './song-panel.ts';
import type { Page } from './view.ts';

const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-broadcast-panel', BroadcastPanel],
  ['quanta-broadcast-status-panel', BroadcastStatusPanel],
  ['quanta-song-panel', SongPanel],
  ['quanta-broadcast-view', BroadcastView],
];

for (const [name, element] of elements) customElements.define(name, element);

const desks = new WeakMap<Page, LiveBroadcastDesk>();

/** The view with the page's own desk, which goes on while other views are shown. */
export class LiveBroadcastView extends BroadcastView {
  constructor(page: Page) {
    const desk = desks.get(page) ?? new LiveBroadcastDesk(page, new AbortController().signal);
    desks.set(page, desk);
    super(page, desk);
  }
}
customElements.define('quanta-live-broadcast-view', LiveBroadcastView);

export { BroadcastView };
