import { captureNotice } from '../model/capture-notice.ts';
import { engineNotice, isolationNotice } from '../model/engine-notice.ts';
import type { Failure } from '../model/failure.ts';
import { versionNotice } from '../model/offline-words.ts';
import { makeFailureCard } from './failure-card.ts';
import { View } from './view.ts';

/** What the page has less of than it could, above whatever view is shown. */
export class NoticeList extends View {
  protected mount(signal: AbortSignal): void {
    const isolation = isolationNotice({
      isolated: globalThis.crossOriginIsolated,
      secure: globalThis.isSecureContext,
    });
    let shown: string | undefined;
    const look = (): void => {
      const { engine, session, failure, offline } = this.page.store.state;
      // What ended the run has a card of its own.
      const faults = failure === null ? (session?.watchdog.faults ?? []).map(captureNotice) : [];
      const notices = [isolation, engineNotice(engine), ...faults, versionNotice(offline)].filter(
        (each) => each !== null,
      );
      const wanted = JSON.stringify(notices);
      if (wanted !== shown) this.#show(notices);
      shown = wanted;
    };
    this.page.store.watch(look, signal);
    this.page.frames.add(({ text }) => {
      if (text) look();
    }, signal);
  }

  #show(notices: readonly Failure[]): void {
    const { controller } = this.page;
    const cards = notices.map((notice) =>
      makeFailureCard(notice, () => void controller.perform(notice.action)),
    );
    this.hidden = cards.length === 0;
    this.replaceChildren(...cards);
  }
}
