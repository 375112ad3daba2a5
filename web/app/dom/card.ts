import { h } from './element.ts';

/** Fills a panel: a heading, something dim at its right end, and the content. */
export function fillCard(
  host: HTMLElement,
  title: string,
  aside: Node | string,
  ...content: readonly Node[]
): void {
  host.classList.add('card');
  host.append(h('div', { class: 'head' }, h('h2', {}, title), aside), ...content);
}

/** A panel that says why there is nothing to see, and what brings it. */
export function emptyCard(testId: string, title: string, words: string): HTMLElement {
  return h(
    'section',
    { class: 'card empty', 'data-testid': testId },
    h('h2', {}, title),
    h('p', {}, words),
  );
}
