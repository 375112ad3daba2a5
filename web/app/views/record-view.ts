import type { RecordDesk } from '../model/record-desk.ts';
import { NoticeSlot } from './notice-slot.ts';
import { RecordOptionsPanel } from './record-options-panel.ts';
import { RecordPanel } from './record-panel.ts';
import { TakesPanel } from './takes-panel.ts';
import { type Page, View } from './view.ts';

/** Records what is heard, and keeps the takes. */
export class RecordView extends View {
  readonly #desk: RecordDesk;

  constructor(page: Page, desk: RecordDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const parts = [RecordPanel, RecordOptionsPanel, TakesPanel] as const;
    this.classList.add('record-view');
    const notice = new NoticeSlot('record-notice', () => void this.#desk.refresh());
    this.append(notice.element, ...parts.map((Part) => new Part(this.page, this.#desk)));
    this.#desk.store.watch((state) => notice.show(state.notice), signal);
    if (this.#desk.store.state.notice === null) void this.#desk.refresh();
  }
}
