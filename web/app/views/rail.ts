import { h, setAttributes } from '../dom/element.ts';
import { currentView, type ViewEntry } from './view-switch.ts';
import { type Page, View } from './view.ts';

/** The list of views: at the side of a wide screen, at the foot of a narrow one. */
export class Rail extends View {
  readonly #entries: readonly ViewEntry[];

  constructor(page: Page, entries: readonly ViewEntry[]) {
    super(page);
    this.#entries = entries;
  }

  protected mount(signal: AbortSignal): void {
    const links = this.#entries.map(({ id, title, key }) =>
      h('a', { href: `#${id}` }, title, h('kbd', { 'aria-hidden': 'true' }, key.toUpperCase())),
    );
    const mark = (): void => {
      const { id } = currentView();
      for (const link of links) {
        const isShown = link.hash === `#${id}`;
        setAttributes(link, { 'aria-current': isShown ? 'page' : undefined });
        // A narrow screen shows some of them at a time.
        if (isShown) link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    };
    addEventListener('hashchange', mark, { signal });
    mark();
    const promise = h('p', {}, 'Nothing leaves this machine, unless you broadcast it.');
    this.append(h('nav', { 'aria-label': 'Views' }, ...links, promise));
  }
}
