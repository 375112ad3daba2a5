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
    const links = this.#entries.map(({ id, title }, index) =>
      h('a', { href: `#${id}` }, title, h('kbd', { 'aria-hidden': 'true' }, String(index + 1))),
    );
    const mark = (): void => {
      const { id } = currentView();
      for (const link of links) {
        setAttributes(link, { 'aria-current': link.hash === `#${id}` ? 'page' : undefined });
      }
    };
    addEventListener('hashchange', mark, { signal });
    mark();
    const promise = h('p', {}, 'Nothing leaves this machine.');
    this.append(h('nav', { 'aria-label': 'Views' }, ...links, promise));
  }
}
