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
