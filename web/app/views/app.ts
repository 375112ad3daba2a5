import { h } from '../dom/element.ts';
import { FilePicker } from '../dom/file-picker.ts';
import { askBeforeLeaving } from '../model/activity.ts';
import { followMicrophones } from '../model/microphones.ts';
import { OfflineKeeper } from '../model/offline-keeper.ts';
import { isMeasuring } from '../model/page-state.ts';
import { setupFromQuery } from '../model/setup-query.ts';
import { DropZone } from './drop-zone.ts';
import { HeaderBar } from './header-bar.ts';
import { makePage } from './make-page.ts';
import { NoticeList } from './notice-list.ts';
import { Rail } from './rail.ts';
import { listenForKeys } from './shortcuts.ts';
import { viewEntries, ViewSwitch } from './view-switch.ts';

/** The whole page: `<quanta-app>` in index.html. */
export class App extends HTMLElement {
  readonly #life = new AbortController();

  connectedCallback(): void {
    const page = makePage({ setup: setupFromQuery(new URLSearchParams(location.search)) });
    const { signal } = this.#life;
    const picker = new FilePicker((file) => void page.controller.chooseFile(file));
    page.controller.onFileWanted = () => picker.open();
    page.store.watch((state) => {
      page.frames.session = isMeasuring(state) ? state.session : null;
    }, signal);
    const keeper = new OfflineKeeper(page.store);
    page.controller.onVersionWanted = () => void keeper.loadNewVersion();
    void keeper.keep(signal);
    followMicrophones(page.store, signal);
    askBeforeLeaving(page.activity, signal);
    listenForKeys(page, viewEntries, signal);
    this.append(
      h('a', { class: 'skip', href: '#main' }, 'Skip to the figures'),
      new HeaderBar(page),
      new Rail(page, viewEntries),
      h('main', { id: 'main', tabindex: -1 }, new NoticeList(page), new ViewSwitch(page)),
      new DropZone(page),
      picker.element,
    );
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }
}
