import type { BroadcastDesk } from '../model/broadcast-desk.ts';
import { BroadcastPanel } from './broadcast-panel.ts';
import { BroadcastStatusPanel } from './broadcast-status-panel.ts';
import { NoticeSlot } from './notice-slot.ts';
import { SongPanel } from './song-panel.ts';
import { type Page, View } from './view.ts';

/** Sends the mix to a server, for everybody to hear. */
export class BroadcastView extends View {
  readonly #desk: BroadcastDesk;

  constructor(page: Page, desk: BroadcastDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const parts = [BroadcastPanel, BroadcastStatusPanel, SongPanel] as const;
    this.classList.add('broadcast-view');
    const notice = new NoticeSlot('broadcast-notice', () => this.#desk.dismiss());
    this.append(notice.element, ...parts.map((Part) => new Part(this.page, this.#desk)));
    this.#desk.store.watch((state) => notice.show(state.notice), signal);
  }
}
