import { h } from '../dom/element.ts';
import { formatCents } from '../model/pitch-words.ts';

const endCents = 50;
const marks = [-50, -25, 0, 25, 50] as const;

/** A needle on a scale of cents. */
export interface CentsScale {
  readonly element: HTMLElement;
  /** Moves the needle; null takes it away. */
  show(cents: number | null): void;
}

/** Makes the scale; what it says stands in words beside it. */
export function makeCentsScale(): CentsScale {
  const needle = h('i');
  const labels = marks.map((cents) => {
    const label = h('span', {}, formatCents(cents, 0));
    label.style.setProperty('--at', String(placeOf(cents)));
    return label;
  });
  const track = h('div', { class: 'track' }, h('u'), needle);
  return {
    element: h(
      'div',
      { class: 'cents-scale num', 'aria-hidden': 'true' },
      track,
      h('div', { class: 'labels' }, ...labels),
    ),
    show(cents) {
      needle.hidden = cents === null;
      if (cents !== null) needle.style.setProperty('--at', String(placeOf(cents)));
    },
  };
}

function placeOf(cents: number): number {
  return Math.min(1, Math.max(0, (cents + endCents) / (2 * endCents)));
}
