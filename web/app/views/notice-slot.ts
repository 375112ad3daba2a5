import { h } from '../dom/element.ts';
import type { Failure } from '../model/failure.ts';
import { makeFailureCard } from './failure-card.ts';

/** Room for one card above a view; a notice that did not change is not built anew. */
export class NoticeSlot {
  readonly element: HTMLElement;
  readonly #onAction: () => void;
  #shown: string | undefined;

  /** @param onAction What the card's button does, if it does not load the page anew. */
  constructor(className: string, onAction: () => void) {
    this.element = h('div', { class: className, hidden: true });
    this.#onAction = onAction;
  }

  /** Shows the card, or none. */
  show(failure: Failure | null): void {
    const wanted = JSON.stringify(failure);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.element.hidden = failure === null;
    const act = (): void => {
      if (failure?.action === 'reload') location.reload();
      else this.#onAction();
    };
    this.element.replaceChildren(...(failure === null ? [] : [makeFailureCard(failure, act)]));
  }
}
