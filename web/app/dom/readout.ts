import { noFigure } from '../format.ts';
import { h, setText } from './element.ts';

/** A figure in a fixed slot: the text for people, `data-value` for programs. */
export interface Readout {
  readonly element: HTMLElement;
  /** Shows a value; null shows that there is none. */
  set(value: number | null, format: (value: number) => string): void;
}

/** Makes a figure with a test id. */
export function readout(testId: string, className = 'num'): Readout {
  const element = h('span', { class: className, 'data-testid': testId }, noFigure);
  return {
    element,
    set(value, format) {
      setText(element, value === null ? noFigure : format(value));
      setValue(element, value);
    },
  };
}

function setValue(element: HTMLElement, value: number | null): void {
  // Six decimals hide nothing that these figures resolve, and spare `data-value` the float noise.
  const text = value === null ? undefined : String(Number(value.toFixed(6)));
  if (element.dataset['value'] === text) return;
  if (text === undefined) delete element.dataset['value'];
  else element.dataset['value'] = text;
}
